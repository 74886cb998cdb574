/**
 * Whether Python counts this UTF-16 unit as whitespace (`str.isspace`, `\s` in `re`).
 * JavaScript's own notion differs: it has U+FEFF and lacks U+001C–U+001F and U+0085.
 */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (code < 0x85) return false;
  if (code === 0x85 || code === 0xa0 || code === 0x1680) return true;
  if (code < 0x2000) return false;
  return (
    code <= 0x200a ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Index of the first unit at or after `from` that is no whitespace. */
export function skipSpaces(text: string, from: number): number {
  let index = from;
  while (index < text.length && isSpace(text.charCodeAt(index))) index++;
  return index;
}

/** Index just behind the last unit before `end` that is no whitespace, and not before `from`. */
export function skipSpacesBack(text: string, end: number, from = 0): number {
  let index = end;
  while (index > from && isSpace(text.charCodeAt(index - 1))) index--;
  return index;
}
