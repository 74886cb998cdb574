import { expect, test } from "vitest";
import { KNOWN_MODELS, WINDOWS_DATE, windowOf } from "./model-windows.ts";

test.each([
  ["claude-3-5-haiku-20241022", 200_000],
  ["claude-opus-4-5-20251101", 200_000],
  ["claude-opus-4-7-20260416", 1_000_000],
  ["us.anthropic.claude-sonnet-5-v1:0", 1_000_000],
  ["gemini-1.5-pro-002", 2_097_152],
  ["gemma-3-27b-it", 131_072],
  ["gemma-3-1b-it", 32_768],
  ["mistral-small-2402", 32_768],
  ["mistral-small-2603", 262_144],
  ["mistral.mistral-large-2407-v1:0", 131_072],
  ["llama-3-8b-instruct", 8192],
  ["llama3.1:8b", 131_072],
  ["Meta-Llama-3.1-70B-Instruct-Turbo", 131_072],
  ["meta.llama3-3-70b-instruct-v1:0", 131_072],
  ["llama-4-scout-17b-16e-instruct", 10_000_000],
  ["deepseek-ai/deepseek-v3.2", 163_840],
  ["grok-4-0709", 256_000],
  ["grok-4.5-latest", 500_000],
  ["command-a-03-2025", 256_000],
  ["amazon.nova-pro-v1:0", 300_000],
  ["qwen-max", 30_720],
  ["gpt-6-sol", 922_000],
])("%s takes %i tokens", (model, window) => {
  expect(windowOf(model)).toBe(window);
});

test.each(["in-house-7b", "llama", "gemma-32b", "mistralish", "claude", "", "constructor"])(
  "of %j nothing is said",
  (model) => {
    expect(windowOf(model)).toBeNull();
  },
);

test("no row stands in another's way, and the day they were read is no day to come", () => {
  expect(new Set(KNOWN_MODELS).size).toBe(KNOWN_MODELS.length);
  for (const name of KNOWN_MODELS) expect(windowOf(name.replace(/-$/, "-x")), name).toBeGreaterThan(4000);
  expect(Date.parse(WINDOWS_DATE)).toBeLessThanOrEqual(Date.now());
});
