import { expect, test } from "vitest";
import { declarationOf, declare, undeclare, valueOfText, withMode, withOption } from "./contract.ts";

test("what is said of a variable is added to what was said, and taken back without a trace", () => {
  const typed = declare({}, "n", { type: "number" });
  const told = declare(typed, "n", { description: "How many", default: 3 });
  expect(told).toEqual({ variables: { n: { type: "number", description: "How many", default: 3 } } });
  expect(declarationOf(told, "n").default).toBe(3);
  const less = declare(told, "n", { type: undefined, default: undefined });
  expect(less).toEqual({ variables: { n: { description: "How many" } } });
  expect(declare(less, "n", { description: undefined })).toEqual({});
  expect(undeclare({ ...told, variables_mode: "lenient" }, "n")).toEqual({ variables_mode: "lenient" });
});

test("other variables and keys stay", () => {
  const contract = { variables: { a: { type: "string" } }, options: { trim_blocks: true } };
  expect(declare(contract, "b", { required: false })).toEqual({
    variables: { a: { type: "string" }, b: { required: false } },
    options: { trim_blocks: true },
  });
});

test("a value is text for a string, and JSON for everything else where it is JSON", () => {
  expect([valueOfText("3", "string"), valueOfText("3", "number"), valueOfText("[1", "list")]).toEqual([
    "3",
    3,
    "[1",
  ]);
});

test("what is as it would be anyway is not written down", () => {
  expect(withOption(withOption({}, "trim_blocks", true), "trim_blocks", false)).toEqual({});
  expect(withMode(withMode({}, "lenient"), "strict")).toEqual({});
});
