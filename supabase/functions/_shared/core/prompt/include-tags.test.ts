import { expect, test } from "vitest";
import { includeMessages, includeTags } from "./include-tags.ts";

test("tags of every kind are found, and nothing else", () => {
  const content =
    'a {%- include "tone" -%} {{ include }} {% if x %}{% from "m" import y %}{% endif %} {%import "m" as m%} {% extends "b" %}';
  expect(includeTags([{ content }, { content: null }, null])).toEqual([
    '{%- include "tone" -%}',
    '{% from "m" import y %}',
    '{%import "m" as m%}',
    '{% extends "b" %}',
  ]);
});

test("what stands in comments, raw text, outputs and strings is passed over", () => {
  const content =
    `{# {% include "a" %} #}{% raw %}{% include "b" %}{% endraw %}{{ '{% include "c" %}' }}` +
    `{% if x == "{#" %}{% include "d" %}{% endif %}{% if y == "#}" %}{% endif %}`;
  expect(includeTags([{ content }])).toEqual(['{% include "d" %}']);
});

test("tags that are never closed take no time", () => {
  const started = process.cpuUsage();
  for (const open of ["{#", "{{", "{% raw %}", "{% if x", '{% include "a"'])
    includeTags([{ content: open.repeat(65_536 / open.length) }]);
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(500);
});

test("a draft without one asks nothing, whatever it is", () => {
  for (const draft of [undefined, "text", [{ role: "user", content: "{% if include %}" }]])
    expect(includeMessages(draft)).toBeNull();
  expect(includeMessages([{ content: "x" }, { content: "{% include 'a' %}" }])).toEqual([
    { role: "system", content: "{% include 'a' %}" },
  ]);
});
