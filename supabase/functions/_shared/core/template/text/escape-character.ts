/** A character as Python escapes it in `repr()`: `\xe9`, `\u20ac`, `\U0001f600`. */
export function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** `ascii()` of a `repr`: everything beyond ASCII escaped. */
export function nonAsciiEscaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what it leaves alone
  return text.replace(/[^\x00-\x7f]/gu, escapeCharacter);
}

// Other (C*) and separators (Z*), but for the plain space: what `repr()` escapes.
const NON_PRINTABLE = /[\p{C}\p{Z}]/u;

/** Whether Python's `str.isprintable` says no to this one character. */
export function nonPrintable(character: string): boolean {
  return character !== " " && NON_PRINTABLE.test(character);
}

const ANY_NON_PRINTABLE = /(?! )[\p{C}\p{Z}]/u;

/** `str.isprintable` */
export function isPrintable(text: string): boolean {
  return !ANY_NON_PRINTABLE.test(text);
}
