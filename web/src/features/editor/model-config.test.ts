import { expect, test } from "vitest";
import {
  describeConfig,
  limitKey,
  otherSettings,
  otherSettingsProblem,
  toolsProblem,
  withKey,
  withOtherSettings,
} from "./model-config.ts";

const config = { model: "m", temperature: 0.3, top_p: 0.9, seed: 7, tools: [{ type: "function" }] };

test("keys the form does not know are kept whatever is changed", () => {
  expect(withKey(config, "temperature", undefined)).toEqual({
    model: "m",
    top_p: 0.9,
    seed: 7,
    tools: config.tools,
  });
  expect(withKey(config, "model", "n")).toEqual({ ...config, model: "n" });
  expect(otherSettings(config)).toEqual({ top_p: 0.9, seed: 7 });
  expect(withOtherSettings(config, { user: "x" })).toEqual({
    model: "m",
    temperature: 0.3,
    tools: config.tools,
    user: "x",
  });
  expect(otherSettings({ model: "m" })).toBeUndefined();
});

test("a limit keeps the name it has", () => {
  expect(limitKey({ max_completion_tokens: 5 })).toBe("max_completion_tokens");
  expect(limitKey({})).toBe("max_tokens");
});

test("what a provider would refuse, and what is never filled, is said", () => {
  expect(toolsProblem({})).toMatch(/list/);
  expect(toolsProblem([{}])).toMatch(/`type`/);
  expect(toolsProblem([{ type: "function", function: { name: "a b" } }])).toMatch(/function.name/);
  expect(toolsProblem([{ type: "function", function: { name: "look_up" } }])).toBeUndefined();
  expect(otherSettingsProblem({ model: "x" })).toMatch(/field of its own/);
  expect(otherSettingsProblem({ stream: true })).toMatch(/never/);
  expect(otherSettingsProblem({ top_p: 1 })).toBeUndefined();
});

test("a config is told in a line", () => {
  expect(describeConfig(config)).toBe("m, temperature 0.3, 1 tool, top_p, seed");
  expect(describeConfig({})).toBe("the caller's model");
});
