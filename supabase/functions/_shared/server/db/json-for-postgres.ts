/** U+0000, and halves of surrogate pairs: JSON.stringify writes each as an escape, and whole pairs never so. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/**
 * A value as JSON that jsonb takes. What is legal in JSON and means no character (U+0000, half a surrogate pair)
 * is refused there; it becomes U+FFFD, because a record that cannot be written would be a request not charged.
 */
export function jsonForPostgres(value: unknown): string {
  return storable(JSON.stringify(value));
}

/** The same of a JSON text. */
export function storable(text: string): string {
  return text.includes("\\u") ? text.replace(UNSTORABLE, "$1\\ufffd") : text;
}
