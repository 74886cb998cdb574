/*
 * Python counts, slices and pads in code points, JavaScript in UTF-16 units. The two agree on text
 * without surrogates, which is nearly all text, so that is looked at first.
 */

export function hasSurrogates(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

/** Number of code points. */
export function codePointLength(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const high = text.charCodeAt(index);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(index + 1);
    if (low >= 0xdc00 && low <= 0xdfff) {
      count--;
      index++;
    }
  }
  return count;
}

/** Length in code points, whatever the text holds. */
export function pythonLength(text: string): number {
  return hasSurrogates(text) ? codePointLength(text) : text.length;
}

/** The code points from `start` to before `end`; both within the text. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!hasSurrogates(text)) return text.slice(start, end);
  const from = skipCodePoints(text, 0, start);
  return text.slice(from, skipCodePoints(text, from, end - start));
}

/** Where in the text it is `count` code points on from a place. */
function skipCodePoints(text: string, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0 && at < text.length; left--)
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/** The character that begins at a place, or "" at the end. */
export function characterAt(text: string, index: number): string {
  return index < text.length ? String.fromCodePoint(text.codePointAt(index) ?? 0) : "";
}

/** The character that ends at a place, or "" at the beginning. */
export function characterBefore(text: string, end: number): string {
  const pair = (text.codePointAt(end - 2) ?? 0) > 0xffff;
  return text.slice(Math.max(0, end - (pair ? 2 : 1)), end);
}

/** Bytes the text takes in UTF-8, without encoding it. A lone surrogate counts as U+FFFD would: 3. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (code >= 0xd800 && code <= 0xdbff && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
