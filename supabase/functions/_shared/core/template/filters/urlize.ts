import { type Native, native } from "../runtime/native.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { WORD_CHARACTERS } from "../text/classes.ts";
import { pythonLength, sliceCodePoints } from "../text/code-points.ts";
import { splitSpaces } from "../text/split.ts";
import { isSpace } from "../text/whitespace.ts";
import { toSize, toStr } from "../values/conversions.ts";
import { items } from "../values/iteration.ts";
import { escapeHtml, Markup } from "../values/markup.ts";
import { runtimeError } from "../values/python-error.ts";
import { str } from "../values/text.ts";
import { isTrue } from "../values/truth.ts";
import type { Value } from "../values/value.ts";
import { isEmailAddress, isWebAddress } from "./web-address.ts";

interface LinkOptions {
  /** Only looked at where there is an address to shorten. */
  readonly limit: Value;
  readonly attributes: string;
  readonly schemes: readonly string[];
}

const OPENERS = ["(", "<", "&lt;"];
const CLOSERS = [")", ">", ".", ",", "\n", "&gt;"];
const PAIRS = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
] as const;

/** A word cut into what stands around an address and the address itself. */
interface Word {
  head: string;
  middle: string;
  tail: string;
}

function cutWord(word: string): Word {
  let start = 0;
  for (let opener = at(word, start, OPENERS); opener !== ""; opener = at(word, start, OPENERS))
    start += opener.length;
  let end = word.length;
  for (let closer = before(word, end, start); closer !== ""; closer = before(word, end, start))
    end -= closer.length;
  return { head: word.slice(0, start), middle: word.slice(start, end), tail: word.slice(end) };
}

function at(word: string, index: number, marks: readonly string[]): string {
  return marks.find((mark) => word.startsWith(mark, index)) ?? "";
}

function before(word: string, end: number, start: number): string {
  return CLOSERS.find((mark) => end - mark.length >= start && word.endsWith(mark, end)) ?? "";
}

/** Takes closing brackets back from the tail where the address has opened them. */
function balance(word: Word, rt: Runtime): void {
  for (const [open, close] of PAIRS) {
    const opened = occurrences(word.middle, open);
    if (opened <= occurrences(word.middle, close)) continue;
    const moves = Math.min(opened, occurrences(word.tail, close));
    let end = 0;
    for (let move = 0; move < moves; move++) end = word.tail.indexOf(close, end) + close.length;
    rt.meter.walkText(end);
    word.middle += word.tail.slice(0, end);
    word.tail = word.tail.slice(end);
  }
}

function occurrences(text: string, part: string): number {
  let count = 0;
  for (let index = text.indexOf(part); index >= 0; index = text.indexOf(part, index + part.length)) count++;
  return count;
}

function linked(address: string, options: LinkOptions): string {
  if (isWebAddress(address)) {
    const full = /^https?:\/\//.test(address);
    return `<a href="${full ? "" : "https://"}${address}"${options.attributes}>${shortened(address, options)}</a>`;
  }
  if (address.startsWith("mailto:") && isEmailAddress(address.slice(7))) {
    return `<a href="${address}">${address.slice(7)}</a>`;
  }
  if (
    address.includes("@") &&
    !/^(?:www\.|@)/.test(address) &&
    !address.includes(":") &&
    isEmailAddress(address)
  ) {
    return `<a href="mailto:${address}">${address}</a>`;
  }
  let text = address;
  for (const scheme of options.schemes) {
    if (text !== scheme && text.startsWith(scheme))
      text = `<a href="${text}"${options.attributes}>${text}</a>`;
  }
  return text;
}

function shortened(address: string, { limit }: LinkOptions): string {
  if (limit === null) return address;
  const size = toSize(limit);
  return pythonLength(address) <= size ? address : `${sliceCodePoints(address, 0, size)}...`;
}

function urlize(rt: Runtime, value: Value, options: LinkOptions): Value {
  const text = value instanceof Markup ? value.text : escapeHtml(str(value, rt), rt.meter);
  rt.meter.reserveText(text.length * 3);
  let result = "";
  let index = 0;
  while (index < text.length) {
    const spaces = isSpace(text.charCodeAt(index));
    let end = index;
    while (end < text.length && isSpace(text.charCodeAt(end)) === spaces) end++;
    result += spaces ? text.slice(index, end) : linkedWord(text.slice(index, end), options, rt);
    index = end;
  }
  rt.meter.reserveText(result.length);
  return rt.autoescape ? new Markup(result) : result;
}

function linkedWord(text: string, options: LinkOptions, rt: Runtime): string {
  rt.meter.spend(1);
  const word = cutWord(text);
  balance(word, rt);
  return word.head + linked(word.middle, options) + word.tail;
}

const SCHEME = new RegExp(`^[${WORD_CHARACTERS}.+-]{2,}:\\/{0,2}$`, "u");

function schemeList(rt: Runtime, schemes: Value): string[] {
  if (schemes === null) return [];
  return [...items(schemes, rt)].map((scheme) => {
    const text = toStr(scheme, "a URI scheme");
    if (!SCHEME.test(text)) throw runtimeError(`'${text}' is not a valid URI scheme prefix.`);
    return text;
  });
}

function relations(rt: Runtime, rel: Value, nofollow: Value): string {
  const given = isTrue(rel, rt) ? splitSpaces(toStr(rel, "rel"), Number.POSITIVE_INFINITY, rt.meter) : [];
  const all = new Set([...given, ...(isTrue(nofollow, rt) ? ["nofollow"] : []), "noopener"]);
  return [...all].sort().join(" ");
}

export const NATIVES: readonly Native[] = [
  native(
    "urlize",
    "trim_url_limit=, nofollow=, target=, rel=, extra_schemes=",
    (rt, value, limit = null, nofollow = false, target = null, rel = null, schemes = null) => {
      const relAttribute = ` rel="${escapeHtml(relations(rt, rel, nofollow), rt.meter)}"`;
      const targetAttribute = isTrue(target, rt) ? ` target="${escapeHtml(str(target, rt), rt.meter)}"` : "";
      return urlize(rt, value, {
        limit,
        attributes: relAttribute + targetAttribute,
        schemes: schemeList(rt, schemes),
      });
    },
  ),
];
