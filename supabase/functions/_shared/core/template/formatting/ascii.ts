import { escapeCharacter } from "../text/escape-character.ts";

/** `ascii()` of a `repr`: everything beyond ASCII escaped. */
export function nonAsciiEscaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it leaves alone
  return text.replace(/[^\x00-\x7f]/gu, escapeCharacter);
}
