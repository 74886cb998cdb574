/** A character as Python escapes it in `repr()`: `\xe9`, `\u20ac`, `\U0001f600`. */
export function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

// Other (C*) and separators (Z*), but for the plain space: what `repr()` escapes.
const NON_PRINTABLE = /(?! )[\p{C}\p{Z}]/u;

/** Whether Python's `str.isprintable` says no to a text, or to one character. */
export function nonPrintable(text: string): boolean {
  return NON_PRINTABLE.test(text);
}
