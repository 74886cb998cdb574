import { expect, test } from "vitest";
import { loadTokenCounter } from "./count-tokens.ts";

test("a known model is counted by its own encoding", async () => {
  const modern = await loadTokenCounter("gpt-4o");
  const older = await loadTokenCounter("gpt-4");
  expect([modern.encoding, modern.exact, modern.contextWindow]).toEqual(["o200k_base", true, 128_000]);
  expect([older.encoding, older.exact, older.contextWindow]).toEqual(["cl100k_base", true, 8192]);
  // Published by OpenAI's cookbook: "antidisestablishmentarianism" is 6 tokens in both encodings.
  expect(older.count("antidisestablishmentarianism")).toBe(6);
  expect(modern.count("antidisestablishmentarianism")).toBe(6);
  expect(older.count("お誕生日おめでとう")).toBe(9);
  expect(modern.count("お誕生日おめでとう")).toBe(8);
});

test("a routed name and a dated snapshot are the model they name", async () => {
  expect((await loadTokenCounter("openai/gpt-4.1-mini")).contextWindow).toBe(1_047_576);
  expect((await loadTokenCounter("gpt-4o-2031-01-01")).contextWindow).toBe(128_000);
});

test("an unknown model is an estimate without a window, never a guess", async () => {
  for (const model of [undefined, null, "", "constructor", "__proto__", "in-house-7b"]) {
    const counter = await loadTokenCounter(model);
    expect([counter.exact, counter.contextWindow], String(model)).toEqual([false, null]);
    expect(counter.count("hello world")).toBe(2);
  }
});

test("another maker's model has a window and an estimated count", async () => {
  for (const [model, window] of [
    ["claude-sonnet-4-5", 200_000],
    ["anthropic/claude-opus-4-6", 1_000_000],
    ["gemini-2.5-flash", 1_048_576],
    ["models/gemini-pro-latest", 1_048_576],
    ["mistral-large-latest", 262_144],
    ["meta-llama/Llama-3.3-70B-Instruct", 131_072],
  ] as const) {
    const counter = await loadTokenCounter(model);
    expect([counter.exact, counter.encoding, counter.contextWindow], model).toEqual([
      false,
      "o200k_base",
      window,
    ]);
  }
});

test("special tokens in a prompt are counted as the text they are", async () => {
  const counter = await loadTokenCounter("gpt-4o");
  expect(counter.count("<|endoftext|>")).toBeGreaterThan(1);
});

test("a message costs its text, its role and three more, and the request three", async () => {
  const counter = await loadTokenCounter("gpt-4o");
  expect(counter.countMessages([{ role: "user", content: "hello world" }])).toBe(3 + 3 + 1 + 2);
});

test("long unbroken runs are counted in linear time, close to the exact count", async () => {
  const counter = await loadTokenCounter("gpt-4o");
  expect(counter.count("a".repeat(2048))).toBe(256);
  expect(counter.count(`start ${"漢".repeat(700)} end`)).toBeGreaterThan(600);
  const started = process.cpuUsage();
  for (const text of ["a", " ", "\n", "-", "漢", "🐍"]) counter.count(text.repeat(65_536 / text.length));
  // Cutting costs milliseconds; without it each of the six takes about a second.
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(1500);
});
