import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseTemplate } from "../template/parse-template.ts";
import { renderTemplate } from "../template/render-template.ts";
import { TemplateError } from "../template/template-error.ts";
import {
  EVIDENCE_OF_FILTER,
  EVIDENCE_OF_METHOD,
  FILTERS_OF_UNDEFINED,
  FILTERS_WITH_LATE_ARGUMENTS,
  GLOBAL_FUNCTIONS,
  LAZY_FILTERS,
  TESTS_OF_UNDEFINED,
} from "./flow/builtins.ts";
import { FILTER_NAMES, FUNCTION_NAMES, METHOD_NAMES, TEST_NAMES } from "./known-names.ts";
import { RULES } from "./rules.ts";

const here = new URL("./rules/", import.meta.url);
const docs = new URL("../../../../../docs/lint-rules/", import.meta.url);

test.each(Object.entries(RULES))(
  "%s has a file, a test and a page of its name, and the page says its level",
  (name, rule) => {
    expect(existsSync(new URL(`${name}.ts`, here))).toBe(true);
    expect(existsSync(new URL(`${name}.test.ts`, here))).toBe(true);
    expect(readFileSync(new URL(`${name}.md`, docs), "utf8")).toMatch(
      new RegExp(`^# ${name}\n\nLevel: ${rule.level}`),
    );
  },
);

test("there is no file and no page of a rule that does not exist", () => {
  const files = readdirSync(here).map((file) => file.replace(/(\.test)?\.ts$/, ""));
  const pages = readdirSync(docs).map((file) => file.replace(/\.md$/, ""));
  expect([...new Set([...files, ...pages])].sort()).toEqual(Object.keys(RULES).sort());
});

test("the analysis knows the engine's names and no others", () => {
  for (const name of [...EVIDENCE_OF_FILTER.keys(), ...FILTERS_WITH_LATE_ARGUMENTS])
    expect(FILTER_NAMES).toContain(name);
  for (const name of Object.keys(TESTS_OF_UNDEFINED)) expect(TEST_NAMES).toContain(name);
  for (const name of EVIDENCE_OF_METHOD.keys()) expect(METHOD_NAMES).toContain(name);
  expect([...GLOBAL_FUNCTIONS].sort()).toEqual([...FUNCTION_NAMES].sort());
});

/** What a strict rendering of an expression over a missing `x` prints; null when it wants for `x`. */
function withoutX(expression: string): string | null {
  try {
    return renderTemplate(parseTemplate(`{{ ${expression} }}`), {}, { undefined: "strict" });
  } catch (error) {
    if (error instanceof TemplateError && error.variable === "x") return null;
    return `(${error instanceof TemplateError ? error.code : error})`;
  }
}

/**
 * What an expression with a filter or test answers about a missing `x`, of the spellings with and without an
 * argument the one the engine accepts; null when it wants for `x`.
 */
function answerOf(call: string, around: (expression: string) => string): string | null {
  const results = [call, `${call}(1)`, `${call}("a", "b")`].map((spelling) => withoutX(around(spelling)));
  return results.find((result) => result === null || !result.startsWith("(")) ?? null;
}

test("every test answers about an undefined value as the analysis says", () => {
  const words = TEST_NAMES.filter((name) => /^\w+$/.test(name));
  const answers = Object.fromEntries(
    words.map((name) => [name, answerOf(`x is ${name}`, (call) => call)]).filter(([, answer]) => answer),
  );
  const known = Object.entries(TESTS_OF_UNDEFINED).map(([name, answer]) => [name, answer ? "True" : "False"]);
  expect(answers).toEqual(Object.fromEntries(known));
});

test("the filters that answer something for an undefined value are those the analysis knows", () => {
  // An iterator cannot be printed, so what is asked is whether there is a result.
  const answering = FILTER_NAMES.filter(
    (name) => answerOf(`x | ${name}`, (call) => `(${call}) is defined`) !== null,
  );
  expect(answering.sort()).toEqual(["d", "default", ...LAZY_FILTERS, ...FILTERS_OF_UNDEFINED].sort());
  const readable = FILTER_NAMES.filter(
    (name) => answerOf(`x | ${name}`, (call) => `(${call}) | list | length`) !== null,
  );
  expect(readable.sort()).toEqual(["d", "default", ...FILTERS_OF_UNDEFINED].sort());
});
