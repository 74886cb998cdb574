// Other (C*) and separators (Z*), but for the plain space: what `repr()` escapes.
const NON_PRINTABLE = /[\p{C}\p{Z}]/u;

/** Whether Python's `str.isprintable` says no to this one character. */
export function nonPrintable(character: string): boolean {
  return character !== " " && NON_PRINTABLE.test(character);
}
