import { expect, it } from "vitest";
import { jsonForPostgres } from "./json-for-postgres.ts";
import { literal } from "./literal.ts";

const stored = (value: unknown) => JSON.parse(jsonForPostgres(value));

it("characters that are none become U+FFFD, and nothing else changes", () => {
  expect(stored("a\u0000b")).toBe("a\ufffdb");
  expect(stored("\ud800")).toBe("\ufffd");
  expect(stored("x\udfffx")).toBe("x\ufffdx");
  expect(stored("\u{1f600}")).toBe("\u{1f600}");
  expect(stored({ "\ud83d": ["\u0000"] })).toEqual({ "\ufffd": ["\ufffd"] });
});

it("a text that only talks about an escape is left alone", () => {
  for (const text of ["\\u0000", "\\\\ud800", "C:\\ud801"]) expect(stored(text)).toBe(text);
});

it("a literal ends where it should, whatever is in it", () => {
  expect(literal("it's")).toBe("E'it''s'");
  expect(literal("\\' or 1=1 --")).toBe("E'\\\\'' or 1=1 --'");
  expect(() => literal("\u0000")).toThrow("U+0000");
});
