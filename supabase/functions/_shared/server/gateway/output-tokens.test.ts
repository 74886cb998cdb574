import { expect, it } from "vitest";
import { outputTokens } from "./output-tokens.ts";

it("without a limit the usual length is reserved, for each answer that is asked for", () => {
  expect(outputTokens({})).toBe(2048);
  expect(outputTokens({ max_tokens: null, n: 3 })).toBe(3 * 2048);
  for (const max_tokens of [0, -5, Number.NaN, "many", {}]) expect(outputTokens({ max_tokens })).toBe(2048);
});

it("a limit counts whatever it is called, the largest of several, also as a text", () => {
  expect(outputTokens({ max_completion_tokens: 10 })).toBe(10);
  expect(outputTokens({ max_output_tokens: 10.5 })).toBe(11);
  expect(outputTokens({ max_completion_tokens: 10, max_tokens: 5000 })).toBe(5000);
  expect(outputTokens({ max_tokens: "5000" })).toBe(5000);
});

it("a limit beyond every model's reserves as much as any, not as little as none", () => {
  for (const max_tokens of [1_000_001, 1e308, 2 ** 53]) expect(outputTokens({ max_tokens })).toBe(1_000_000);
  expect(outputTokens({ max_tokens: 10, n: 1e9 })).toBe(1280);
  expect(Number.isSafeInteger(outputTokens({ max_tokens: 1e308, n: 1e308 }))).toBe(true);
});
