import type { Meter } from "../budgets.ts";
import { LOWERCASE, TITLECASE, UPPERCASE } from "./letter-case.ts";

/*
 * Letter case as Python's `str` has it. Upper and lower case are JavaScript's; title case and case
 * folding are not in JavaScript and are made from them, with the exceptions written out.
 */

const CASED = /\p{Cased}/u;

/** Digraphs: each of the three forms becomes the middle one. */
const DIGRAPHS = ["ǄǅǆǅǇǈǉǈǊǋǌǋǱǲǳǲ"].flatMap((all) => all.match(/..../gu) ?? []);
const DIGRAPH_TITLES = new Map(
  DIGRAPHS.flatMap((four) => [...four].slice(0, 3).map((one) => [one, [...four][3]])),
);
/** Greek vowels with an iota below or beside: one letter in title case, two in upper case. */
const GREEK_IOTA: Record<string, string> = { "\u1fb3": "\u1fbc", "\u1fc3": "\u1fcc", "\u1ff3": "\u1ffc" };

/** A character's title case, as a text of one or more characters. */
function titleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return character.toUpperCase();
  const digraph = DIGRAPH_TITLES.get(character);
  if (digraph !== undefined) return digraph;
  if (code >= 0x10d0 && code <= 0x10ff) return character;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  const [first = "", ...rest] = Array.from(character.toUpperCase());
  if (rest.length === 0 || character === "\u0149") return character.toUpperCase();
  if (TITLECASE.test(character)) return character;
  if (Object.hasOwn(GREEK_IOTA, character)) return GREEK_IOTA[character] ?? character;
  return (
    first +
    rest
      .join("")
      .toLowerCase()
      .replace(/\u03b9$/, code >= 0x1f00 ? "\u0345" : "\u03b9")
  );
}

/** `str.title()` */
export function titleText(text: string, meter: Meter): string {
  let titled = "";
  let run = "";
  for (const character of text) {
    meter.tick();
    const cased = CASED.test(character);
    if (cased && run === "") titled += titleCharacter(character);
    // A word's end is lowered as a whole, because sigma is written differently at its end.
    if (cased) run += character;
    else {
      titled += restOfWord(run) + character;
      run = "";
    }
  }
  return titled + restOfWord(run);
}

function restOfWord(word: string): string {
  if (word === "") return "";
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return lowerFrom(word, first.length);
}

/** The text from `start` in lower case, with the letters before it as context. */
function lowerFrom(text: string, start: number): string {
  const rest = text.slice(start);
  return rest.endsWith("Σ") ? `${rest.slice(0, -1).toLowerCase()}ς` : rest.toLowerCase();
}

/** `str.capitalize()` */
export function capitalizeText(text: string): string {
  if (text === "") return "";
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  // The first letter stays before the rest while that is lowered: it is context for a final sigma.
  const lowered = text.toLowerCase();
  return titleCharacter(first) + lowered.slice(first.toLowerCase().length);
}

/** `str.swapcase()` */
export function swapCase(text: string, meter: Meter): string {
  // Lowered as a whole, for sigma at the end of words; only one capital becomes two characters by that.
  const lowered = text.toLowerCase();
  const aligned = lowered.length === text.length;
  let swapped = "";
  let at = 0;
  for (const character of text) {
    meter.tick();
    const behind = at + character.length;
    if (UPPERCASE.test(character)) swapped += aligned ? lowered.slice(at, behind) : character.toLowerCase();
    else if (LOWERCASE.test(character)) swapped += character.toUpperCase();
    else swapped += character;
    at = behind;
  }
  return swapped;
}

/** `str.casefold()`: for comparing without regard to case. */
export function foldCase(text: string, meter: Meter): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = "";
  for (const character of text) {
    meter.tick();
    folded += foldCharacter(character);
  }
  return folded;
}

function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const cherokee = (code >= 0x13a0 && code <= 0x13fd) || (code >= 0xab70 && code <= 0xabbf);
  if (cherokee) return character.toUpperCase();
  if (character === "ı") return character;
  let folded = "";
  for (const upper of character.toLowerCase().toUpperCase()) folded += upper.toLowerCase();
  return folded;
}

/** `str.istitle()`: capitals begin words, small letters continue them, and there is a word. */
export function isTitle(text: string, meter: Meter): boolean {
  let inWord = false;
  let words = false;
  for (const character of text) {
    meter.tick();
    if (UPPERCASE.test(character) || TITLECASE.test(character)) {
      if (inWord) return false;
      inWord = true;
      words = true;
    } else if (LOWERCASE.test(character)) {
      if (!inWord) return false;
      words = true;
    } else inWord = false;
  }
  return words;
}
