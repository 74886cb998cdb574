import type { Meter } from "../budgets.ts";
import { isSpace, skipSpacesBack } from "./whitespace.ts";

/** `str.rsplit()`: the same from the end. */
export function splitSpacesBack(text: string, limit: number, meter: Meter): string[] {
  const parts: string[] = [];
  let end = skipSpacesBack(text, text.length);
  while (end > 0) {
    meter.tick();
    if (parts.length >= limit) {
      parts.push(text.slice(0, end));
      break;
    }
    let at = end;
    while (at > 0 && !isSpace(text.charCodeAt(at - 1))) at--;
    parts.push(text.slice(at, end));
    end = skipSpacesBack(text, at);
  }
  return parts.reverse();
}

/** `str.rsplit(separator, limit)` */
export function splitByBack(text: string, separator: string, limit: number): string[] {
  const parts: string[] = [];
  let end = text.length;
  while (parts.length < limit) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length);
    if (at < 0) break;
    parts.push(text.slice(at + separator.length, end));
    end = at;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they break lines in Python
const LINE_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** `str.splitlines(keepends)` */
export function splitLines(text: string, meter: Meter, keepEnds = false): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const match of text.matchAll(LINE_BREAK)) {
    meter.tick();
    const behind = match.index + match[0].length;
    lines.push(text.slice(from, keepEnds ? behind : match.index));
    from = behind;
  }
  if (from < text.length) lines.push(text.slice(from));
  return lines;
}
