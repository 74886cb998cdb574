import type { Meter } from "../budgets.ts";

/** UTF-16 units that any change of text gets through in about a millisecond. */
const PIECE = 8192;

/**
 * Changes a text piece by piece, so that a long one cannot take longer than a render may, and none grows beyond
 * what a text may be. Never cuts a character in two.
 *
 * @param meter may be left out where texts are names
 */
export function inPieces(text: string, meter: Meter | undefined, change: (piece: string) => string): string {
  if (text.length <= PIECE) return change(text);
  let changed = "";
  for (let from = 0; from < text.length; ) {
    const behind = from + PIECE;
    const end = isHighSurrogate(text.charCodeAt(behind - 1)) ? behind + 1 : behind;
    changed += change(text.slice(from, end));
    meter?.lookUp(changed.length);
    from = end;
  }
  return changed;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** The characters of a text, as Python counts them. */
export function characters(text: string, meter: Meter): string[] {
  const all: string[] = [];
  for (const character of text) {
    meter.tick();
    all.push(character);
  }
  return all;
}

/** What a pattern finds in a text, one after the other. */
export function matches(text: string, pattern: RegExp, meter: Meter): string[] {
  const found: string[] = [];
  for (const [match] of text.matchAll(pattern)) {
    meter.tick();
    found.push(match);
  }
  return found;
}

/** `pieces.join("")` */
export function joined(pieces: readonly string[], meter: Meter): string {
  let text = "";
  for (let from = 0; from < pieces.length; from += PIECE) {
    text += pieces.slice(from, from + PIECE).join("");
    meter.lookUp(text.length);
  }
  return text;
}
