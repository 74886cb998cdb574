import { expect, test } from "vitest";
import { parseTemplate } from "../../template/parse-template.ts";
import { lintPrompt } from "../lint-prompt.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

const known = new Map([
  ["tone", parseTemplate("Be {{ mood | upper }}.")],
  ["tune", parseTemplate("Be {{ mood | uper }}.")],
]);

tellRuleStory({
  rule: "broken-include",
  clean: "{% include 'tone' %}",
  firing: "a {% include 'tune' %}",
  at: [0, 1, 14],
  says: '"tune" asks for a filter that there is not: `uper` (line 1, column 14)',
  fixed: "a {% include 'tone' %}",
  nextDoor: ["{% include ['tone', 'tune'] %}", "{% include 'unheard-of' ignore missing %}"],
  resolve: (name) => known.get(name),
});

const texts: Record<string, string> = {
  filter: "{{ a | uper }}",
  test: "{% macro m(a) %}{{ a is odde }}{% endmacro %}",
  syntax: "{% if a %}",
  missing: "{% include 'nothing' %}",
  calculated: "{% include a %}",
  good: "{{ a }}",
  behind: "{% include 'filter' %}",
  far: "{% include 'behind' %}",
  optional: "{% include 'nothing' ignore missing %}",
};
const pins = Object.fromEntries(Object.keys(texts).map((name) => [name, { template_id: name, version: 1 }]));
const versions = Object.entries(texts).map(([name, content]) => {
  return { template_id: name, version: 1, name, messages: [{ role: "user", content }], contract: {}, pins };
});
const passes = (content: string) =>
  lintPrompt({ messages: [{ role: "user", content }] }, { includes: { pins, versions } }).passed;

test.each(["filter", "test", "syntax", "missing", "calculated", "behind", "far"])(
  "no way to include what has an error goes past it: %s",
  (name) => {
    for (const tag of [
      `{% include '${name}' %}`,
      `{% include '${name}' ignore missing %}`,
      `{% include ['${name}', 'good'] %}`,
      `{% include 'good' if b else '${name}' %}`,
      `{% import '${name}' as it %}`,
      `{% from '${name}' import it %}`,
      `{% extends '${name}' %}`,
    ])
      expect([tag, passes(tag)]).toEqual([tag, false]);
  },
);

test("what has none is included in every way", () => {
  for (const name of ["good", "optional"]) expect(passes(`{% include '${name}' %}`)).toBe(true);
  expect(passes("{% import 'good' as it %}{% include 'good' ignore missing %}")).toBe(true);
});
