import { Float } from "./values/float.ts";

/** Numbers and keys of which `JSON.parse` alone would keep too little. */
const DELICATE = /\d[.eE]|\d{16}|"\d+"\s*:/;
/** A JSON text, and the colon behind it when it is a key. */
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
/** No key that begins so is an integer, so objects keep the order keys have in the text. */
const MARK = "~";

/**
 * Reads JSON as Python does: `1.0` is a float, integers keep all their digits, and objects the order of
 * their keys, which JavaScript's own do not when keys look like integers: these become maps.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  if (!DELICATE.test(text)) return JSON.parse(text);
  // Parsed as it stands first, so that a message about what is wrong shows the text as it was given.
  JSON.parse(text);
  const marked = text.replace(TEXT, (all, colon?: string) => (colon ? `"${MARK}${all.slice(1)}` : all));
  return JSON.parse(marked, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value === "number" && context?.source !== undefined) return numberOf(value, context.source);
    return isObject(value) ? withoutMarks(value) : value;
  });
}

function numberOf(value: number, source: string): unknown {
  if (/[.eE]/.test(source)) return new Float(value);
  return Number.isSafeInteger(value) ? value : BigInt(source);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Float);
}

function withoutMarks(object: Record<string, unknown>): unknown {
  const entries = Object.entries(object).map(([key, value]): [string, unknown] => [
    key.slice(MARK.length),
    value,
  ]);
  const reordered = entries.some(([key]) => /^\d+$/.test(key));
  return reordered ? new Map(entries) : Object.fromEntries(entries);
}
