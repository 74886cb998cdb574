import { skipSpaces } from "../text/whitespace.ts";

/*
 * Finds the tags between which text stands. Each is linear in what it looks at.
 */

/** The sign of whitespace control at a place. */
export function signAt(source: string, index: number): "" | "-" | "+" {
  const character = source.charAt(index);
  return character === "-" || character === "+" ? character : "";
}

/** Index of the next `{{`, `{%` or `{#`, or -1. */
export function findTag(source: string, from: number): number {
  let at = source.indexOf("{", from);
  while (at >= 0) {
    const next = source.charCodeAt(at + 1);
    if (next === 123 || next === 37 || next === 35) return at;
    at = source.indexOf("{", at + 1);
  }
  return -1;
}

/** End of `raw %}` or `raw -%}` (with the whitespace the latter takes) behind a `{%`, or -1. */
export function endOfRawTag(source: string, behind: number): number {
  const word = skipSpaces(source, behind);
  if (!source.startsWith("raw", word)) return -1;
  const close = skipSpaces(source, word + 3);
  if (source.startsWith("%}", close)) return close + 2;
  return source.startsWith("-%}", close) ? skipSpaces(source, close + 3) : -1;
}

/** Where a `raw` block ends. */
export interface EndRaw {
  readonly start: number;
  readonly stop: number;
  readonly openSign: string;
  readonly closeSign: string;
}

export function findEndRaw(source: string, from: number): EndRaw | null {
  let start = source.indexOf("{%", from);
  while (start >= 0) {
    const openSign = signAt(source, start + 2);
    const word = skipSpaces(source, start + 2 + openSign.length);
    if (source.startsWith("endraw", word)) {
      const sign = skipSpaces(source, word + 6);
      const closeSign = signAt(source, sign);
      const close = sign + closeSign.length;
      if (source.startsWith("%}", close)) return { start, stop: close + 2, openSign, closeSign };
    }
    start = source.indexOf("{%", start + 2);
  }
  return null;
}
