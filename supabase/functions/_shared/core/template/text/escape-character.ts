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
