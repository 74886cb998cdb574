import type { Meter } from "../budgets.ts";
import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { capitalizeText, foldCase, isTitle, swapCase, titleText } from "../text/case.ts";
import { ALPHABETIC, ALPHANUMERIC, DECIMAL, DIGIT, IDENTIFIER, NUMERIC } from "../text/classes.ts";
import { nonPrintable } from "../text/escape-character.ts";
import { isLower, isUpper } from "../text/letter-case.ts";
import { skipSpaces } from "../text/whitespace.ts";
import { recase } from "./shared-text-methods.ts";

/** A method that answers whether the text is of a kind. */
function question(name: string, ask: (text: string, meter: Meter) => boolean): Native<string> {
  return native(name, "", (rt: Runtime, text) => {
    rt.meter.walkText(text.length);
    return ask(text, rt.meter);
  });
}

export const TEXT_CASE_METHODS: readonly Native<string>[] = [
  recase("capitalize", capitalizeText),
  recase("casefold", foldCase),
  recase("swapcase", swapCase),
  recase("title", titleText),
  question("isalnum", (text) => ALPHANUMERIC.test(text)),
  question("isalpha", (text) => ALPHABETIC.test(text)),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it asks for
  question("isascii", (text) => /^[\x00-\x7f]*$/.test(text)),
  question("isdecimal", (text) => DECIMAL.test(text)),
  question("isdigit", (text) => DIGIT.test(text)),
  question("isidentifier", (text) => IDENTIFIER.test(text)),
  question("islower", isLower),
  question("isnumeric", (text) => NUMERIC.test(text)),
  question("isprintable", (text) => !nonPrintable(text)),
  question("isspace", (text) => text !== "" && skipSpaces(text, 0) === text.length),
  question("istitle", isTitle),
  question("isupper", isUpper),
];
