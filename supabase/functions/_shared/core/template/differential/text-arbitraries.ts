import { fc } from "../../../../../../tests/support/fast-check.ts";

export type Text = fc.Arbitrary<string>;

/** One of these texts. */
export const pick = (...items: string[]): Text => fc.constantFrom(...items);
/** Joins arbitraries and plain texts. */
export function seq(...parts: (Text | string)[]): Text {
  const all = parts.map((part) => (typeof part === "string" ? fc.constant(part) : part));
  return fc.tuple(...all).map((texts) => texts.join(""));
}
