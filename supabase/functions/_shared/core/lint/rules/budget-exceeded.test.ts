import { expect, test } from "vitest";
import { parseTemplate } from "../../template/parse-template.ts";
import { lintPrompt } from "../lint-prompt.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "budget-exceeded",
  clean: "{% for i in range(100) %}a{% endfor %}",
  firing: "{% for i in range(1000) %}{% for j in range(1000) %}a{% endfor %}{% endfor %}",
  at: [null, 1, 1],
  says: "steps",
  fixed: "{% for i in range(10) %}{% for j in range(10) %}a{% endfor %}{% endfor %}",
  nextDoor: [
    "{% for i in range(1000) %}{% if a %}{% for j in range(1000) %}a{% endfor %}{% endif %}{% endfor %}",
    "{% for i in range(1000) %}{% for j in range(1000) %}{% break %}{% endfor %}{% endfor %}",
    "{% for i in range(n) %}{% for j in range(1000) %}a{% endfor %}{% endfor %}",
  ],
});

test.each([
  ["{{ a }}{{ '-' * 2000000 }}", 11],
  ["{% if 'ab' * 600000 %}{% endif %}", 7],
  ["{% for i in range(100001) %}{% endfor %}", 13],
  ["{% if a %}b{% endif %}{{ range(5, 200000) | list }}", 26],
  ["{% macro m(a) %}{{ a }}{{ m(a + 1) }}{% endmacro %}{{ m(1) }}", 55],
])("what passes a limit whenever it is evaluated is pointed at: %s", (content, column) => {
  const { findings } = lintPrompt({ messages: [{ role: "user", content }] });
  expect(findings.filter(({ rule }) => rule === "budget-exceeded")).toMatchObject([{ line: 1, column }]);
});

test.each([
  "{{ '-' * 2000000 if a }}",
  "{{ a or '-' * 2000000 }}",
  "{{ '-' * n }}{{ '-' * 1000 }}",
  "{% for i in a %}{{ '-' * 2000000 }}{% endfor %}",
  "{% for i in [1] %}{% if a %}{% break %}{% endif %}{{ '-' * 2000000 }}{% endfor %}",
  "{% macro m(a) %}{% if a %}{{ m(a - 1) }}{% endif %}{% endmacro %}{{ m(1) }}",
  "{% macro m() %}{{ m() }}{% endmacro %}{% macro m() %}{% endmacro %}{{ m() }}",
  "{% macro m() %}{{ m() }}{% endmacro %}{% if a %}{{ m() }}{% endif %}",
  "{% for i in range(33000) %}{{ i }}{% endfor %}",
])("what passes a limit only now and then is not: %s", (content) => {
  const { findings } = lintPrompt({ messages: [{ role: "user", content }] });
  expect(findings.filter(({ rule }) => rule === "budget-exceeded")).toEqual([]);
});

test("each round of a loop takes a step, and one for each of its statements and what they print", () => {
  const rounds = (n: number) => `{% for i in range(${n}) %}{{ i }}{{ i }}{% endfor %}`;
  const rules = (content: string) =>
    lintPrompt({ messages: [{ role: "user", content }] }).findings.map(({ rule }) => rule);
  expect(rules(rounds(19_990))).toEqual([]);
  expect(rules(rounds(20_001))).toEqual(["budget-exceeded"]);
});

tellRuleStory({
  rule: "budget-exceeded",
  clean: "a".repeat(64 * 1024),
  firing: "a".repeat(64 * 1024 + 1),
  at: [0, 1, 1],
  says: "65536 bytes",
  fixed: "a".repeat(1000),
  nextDoor: [],
});

tellRuleStory({
  rule: "budget-exceeded",
  clean: "{% include 'long' %}",
  firing: "{% include 'long' %}".repeat(20),
  at: [null, 1, 1],
  says: "1048576 bytes",
  fixed: "{% include 'long' %}".repeat(10),
  nextDoor: [`{% if a %}${"{% include 'long' %}".repeat(20)}{% endif %}`],
  resolve: () => parseTemplate("a".repeat(60_000)),
});
