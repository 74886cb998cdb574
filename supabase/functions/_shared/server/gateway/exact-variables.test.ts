import { expect, test } from "vitest";
import { render } from "../../core/template/render.ts";
import { exactVariables, variablesText } from "./exact-variables.ts";

/** What a template shows of the variables in a body. */
function shown(template: string, variables: string): string {
  const body = `{"nemo_prompt_variables": {"x": 0}, "model": "m", "nemo_prompt_variables" : ${variables}}`;
  const parsed = JSON.parse(body).nemo_prompt_variables as Record<string, unknown>;
  return render(template, exactVariables(body, parsed));
}

test("floats, long integers and keys that look like integers come through as they were written", () => {
  expect(shown("{{ a }} {{ b }} {{ c }}", '{"a": 1.0, "b": 12345678901234567890, "c": 7}')).toBe(
    "1.0 12345678901234567890 7",
  );
  expect(shown("{{ d }}", '{"d": {"b": 2.50, "10": [1e3], "9": null}}')).toBe(
    "{'b': 2.5, '10': [1000.0], '9': None}",
  );
  expect(shown("{{ a }}", '{"9": 1, "a": "\\"1.0\\": x"}')).toBe('"1.0": x');
});

test("variables without numbers are the ones that were parsed", () => {
  const variables = { a: "1.0", b: [true, null, { c: "d" }] };
  expect(exactVariables("never looked at", variables)).toBe(variables);
});

test("nesting beyond any use is left to the budget", () => {
  const deep = `{"f": 1.5, "a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  expect(() => shown("x", deep)).toThrow("A variable nests deeper than 100 levels.");
});

test("what is kept of them is what was sent, but for characters that are none", () => {
  const kept = (variables: string) => variablesText(`{"a": 1, "nemo_prompt_variables": ${variables}}`);
  expect(kept('{"n": 1.0,"m":1e3}')).toBe('{"n": 1.0,"m":1e3}');
  expect(kept('{"n": "a\\u0000b \\\\u0000"}')).toBe('{"n": "a\\ufffdb \\\\u0000"}');
  expect(kept("null")).toBeUndefined();
  expect(variablesText('{"a": 1}')).toBeUndefined();
});
