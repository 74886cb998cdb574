import { expect, test } from "vitest";
import { parseTemplate } from "../../template/parse-template.ts";
import { lintPrompt } from "../lint-prompt.ts";
import { tellRuleStory } from "../testing/rule-story.ts";

tellRuleStory({
  rule: "unknown-include",
  clean: "{% include 'tone' %}",
  firing: "a {% include 'tune' %}",
  at: [0, 1, 14],
  says: '"tune"',
  fixed: "a {% include 'tone' %}",
  nextDoor: [
    "{% include 'tune' ignore missing %}",
    "{% include ['tune', 'tone'] %}",
    "{% include 'tone' if a else 'tone' %}",
    "include 'tune'",
  ],
  resolve: (name) => (name === "tone" ? parseTemplate("Be kind.") : undefined),
});

tellRuleStory({
  rule: "unknown-include",
  clean: "{% include 'tone' %}",
  firing: "{% include tone %}",
  at: [0, 1, 12],
  says: "calculated",
  fixed: "{% include 'tone' %}",
  nextDoor: ["{% include tone ignore missing %}"],
  resolve: (name) => (name === "tone" ? parseTemplate("Be kind.") : undefined),
});

test("what is there and cannot be included says why", () => {
  const of = (name: string, ...texts: string[]) => ({
    template_id: `tpl_${name}`,
    version: 3,
    name,
    messages: texts.map((content) => ({ role: "system", content })),
    contract: {},
    pins: {},
  });
  const versions = [of("two", "a", "b"), of("broken", "{{ a }")];
  const pins = Object.fromEntries(
    versions.map(({ name, template_id, version }) => [name, { template_id, version }]),
  );
  const content = "{% include 'two' %}{% include 'broken' %}{% include ['no', 'none'] %}";
  const { findings } = lintPrompt(
    { messages: [{ role: "user", content }] },
    { includes: { pins, versions } },
  );
  expect(findings.map(({ message }) => message)).toEqual([
    '"two" has 2 messages in version 3; what is included has exactly one.',
    '"broken" cannot be read: its version 3 is not Jinja2.',
    'There is no template "no" to include.',
  ]);
});
