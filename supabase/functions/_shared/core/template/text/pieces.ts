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
