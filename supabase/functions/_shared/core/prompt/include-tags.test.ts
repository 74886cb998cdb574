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

test("a draft without one asks nothing, whatever it is", () => {
  for (const draft of [undefined, "text", [{ role: "user", content: "{% if include %}" }]])
    expect(includeMessages(draft)).toBeNull();
  expect(includeMessages([{ content: "x" }, { content: "{% include 'a' %}" }])).toEqual([
    { role: "system", content: "{% include 'a' %}" },
  ]);
});
