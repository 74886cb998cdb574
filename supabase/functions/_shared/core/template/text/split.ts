import type { Meter } from "../budgets.ts";
import { isSpace, skipSpaces } from "./whitespace.ts";

/** `str.split()`: by runs of whitespace, at most `limit` times. */
export function splitSpaces(text: string, limit: number, meter: Meter): string[] {
  const parts: string[] = [];
  let at = skipSpaces(text, 0);
  while (at < text.length) {
    meter.tick();
    if (parts.length >= limit) {
      // The rest is left as it is, the whitespace at its end included.
      parts.push(text.slice(at));
      break;
    }
    let end = at;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    parts.push(text.slice(at, end));
    at = skipSpaces(text, end);
  }
  return parts;
}

/** `str.split(separator, limit)` */
export function splitBy(text: string, separator: string, limit: number): string[] {
  if (limit === Number.POSITIVE_INFINITY) return text.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (
    let at = text.indexOf(separator);
    at >= 0 && parts.length < limit;
    at = text.indexOf(separator, from)
  ) {
    parts.push(text.slice(from, at));
    from = at + separator.length;
  }
  parts.push(text.slice(from));
  return parts;
}
