import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { EVIDENCE_OF_FILTER, FILTERS_WITH_LATE_ARGUMENTS, TESTS_OF_UNDEFINED } from "./flow/builtins.ts";
import { FILTER_NAMES, TEST_NAMES } from "./known-names.ts";
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

test("the analysis knows no filter or test the language does not have", () => {
  for (const name of [...EVIDENCE_OF_FILTER.keys(), ...FILTERS_WITH_LATE_ARGUMENTS])
    expect(FILTER_NAMES).toContain(name);
  for (const name of Object.keys(TESTS_OF_UNDEFINED)) expect(TEST_NAMES).toContain(name);
});
