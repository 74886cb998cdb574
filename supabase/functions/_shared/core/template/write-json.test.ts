import { expect, test } from "vitest";
import { parseJson } from "./parse-json.ts";
import { writeJson } from "./write-json.ts";

test.each([
  '{"a":1.0,"b":12345678901234567890,"c":[1e+22,-0.0,2.5],"d":7}',
  '{"10":{"b":1.0},"9":null,"é\\n":"1.0: x"}',
  "[1e999,-1e999,true,{},[]]",
  '"1.0"',
])("%s is written as it was read", (json) => {
  expect(writeJson(parseJson(json))).toBe(json);
});

test("what has no place in JSON is passed over or null, as JSON.stringify does it", () => {
  const value = { a: undefined, b: [undefined, Number.NaN] };
  expect(writeJson(value)).toBe(JSON.stringify(value));
  expect(writeJson(undefined)).toBe("null");
});

test("with an indent it is laid out as JSON.stringify lays it out", () => {
  const value = { a: [1, { b: "c" }], d: {}, e: [] };
  expect(writeJson(value, "  ")).toBe(JSON.stringify(value, null, 2));
  expect(writeJson(parseJson('{"a":1.0}'), "  ")).toBe('{\n  "a": 1.0\n}');
});
