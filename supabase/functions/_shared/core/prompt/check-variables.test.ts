import { expect, test } from "vitest";
import { checkVariables } from "./check-variables.ts";
import { preparePrompt } from "./prepare-prompt.ts";
import type { PromptVariablesError } from "./prompt-variables-error.ts";
import type { VariableContract } from "./types.ts";

function check(content: string, contract: VariableContract, variables: Record<string, unknown>) {
  try {
    checkVariables(preparePrompt({ messages: [{ role: "user", content }], contract }), variables);
    return null;
  } catch (error) {
    const { code, names, missing, unknown, message } = error as PromptVariablesError;
    return { code, names, missing, unknown, message };
  }
}

test("all missing variables are named at once", () => {
  expect(check("{{ a }} {{ b | default('x') }} {{ c.d }}", {}, {})).toMatchObject({
    code: "prompt_variables_missing",
    names: ["a", "c"],
    message: "Missing prompt variables: a, c. Give a value for each.",
  });
});

test("all unknown variables are named at once, with those there are", () => {
  expect(check("{{ a }}", {}, { a: 1, x: 2, y: 3 })).toMatchObject({
    code: "prompt_variables_unknown",
    names: ["x", "y"],
    message: "Unknown prompt variables: x, y. The prompt takes a.",
  });
});

test("missing and unknown ones are told together, as missing", () => {
  const refused = check("{{ name }}", {}, { nmae: "a" });
  expect(refused).toMatchObject({ code: "prompt_variables_missing", missing: ["name"], unknown: ["nmae"] });
});

test("lenient passes unknown ones over and still wants the required ones", () => {
  const lenient: VariableContract = { variables_mode: "lenient" };
  expect(check("{{ a }}", lenient, { a: 1, x: 2 })).toBeNull();
  expect(check("{{ a }}", lenient, { x: 2 })).toMatchObject({ names: ["a"], unknown: [] });
});

test("a default or required: false lets a variable be left out, required: true does not", () => {
  expect(check("{{ a }}", { variables: { a: { default: null } } }, {})).toBeNull();
  expect(check("{{ a }}", { variables: { a: { required: false } } }, {})).toBeNull();
  expect(check("a", { variables: { a: { required: true } } }, {})).toMatchObject({ names: ["a"] });
});

test("null is a value; names of an object's prototype are names like others", () => {
  expect(check("{{ a }}", {}, { a: null })).toBeNull();
  expect(check("{{ constructor }}{{ __proto__ }}", {}, {})).toMatchObject({
    names: ["constructor", "__proto__"],
  });
  const own = JSON.parse('{"__proto__": 1, "constructor": 2}');
  expect(check("{{ constructor }}{{ __proto__ }}", {}, own)).toBeNull();
});

test("a broken contract is read as far as it goes", () => {
  const broken = {
    variables: { a: { default: "x" }, b: 3 },
    variables_mode: "loose",
  } as unknown as VariableContract;
  expect(check("{{ a }}{{ b }}", broken, { x: 1 })).toMatchObject({ missing: ["b"], unknown: ["x"] });
});

test("hundreds of long names do not make an endless message", () => {
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`${"x".repeat(1000)}${index}`, 1]),
  );
  const refused = check("a", {}, many);
  expect(refused?.names).toHaveLength(500);
  expect(refused?.message.length).toBeLessThan(4000);
});
