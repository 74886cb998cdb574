import type { ParseOptions } from "../parse-template.ts";
import type { TemplateErrorCode } from "../template-error.ts";

/** A template, rendered with {@link VARIABLES}, and what must come of it. */
export interface Case {
  readonly template: string;
  readonly output?: string;
  readonly error?: TemplateErrorCode;
  readonly options?: ParseOptions;
}

export const VARIABLES: Readonly<Record<string, unknown>> = {
  n: null,
  t: true,
  i: 7,
  f: 2.5,
  s: "Hello World",
  e: "",
  l: [3, 1, 2],
  d: { b: 1, a: 2 },
  u: "héllo wörld 😀",
  users: [
    { name: "Bo", age: 31, tags: ["x", "y"] },
    { name: "al", age: 25, tags: [] },
    { name: "Cy", age: 31 },
  ],
  html: "<b>\"x\" & 'y'</b>",
  text: "The quick brown fox\njumps over\n\nthe lazy dog",
  nested: { k: [1, { z: [true, null, 1.5] }] },
};
