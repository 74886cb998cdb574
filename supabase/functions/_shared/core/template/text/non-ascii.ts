/** `ascii()` of a `repr`: everything beyond ASCII as Python's escapes. */
export function nonAsciiEscaped(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) escaped += character;
    else if (code < 0x100) escaped += `\\x${code.toString(16)}`;
    else if (code < 0x10000) escaped += `\\u${code.toString(16).padStart(4, "0")}`;
    else escaped += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return escaped;
}
