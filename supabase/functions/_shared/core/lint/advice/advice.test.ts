import { expect, test } from "vitest";
import { ALL_METHOD_NAMES, FILTER_NAMES, TEST_NAMES } from "../known-names.ts";
import { lintPrompt } from "../lint-prompt.ts";
import { applyFix, toInput } from "../testing/rule-story.ts";
import { otherName, RENAMED } from "./other-names.ts";

/** The first thing said about a text, and the text once its fix is applied. */
function said(content: string): { remedy: string; fixed: string | null } {
  const input = toInput({ messages: [{ role: "user", content }] });
  const [finding] = lintPrompt(input).findings;
  if (!finding) throw new Error(`Nothing is said about ${content}`);
  const fixed = applyFix(input, finding);
  return {
    remedy: finding.remedy,
    fixed: fixed ? (fixed.messages as { content: string }[])[0]!.content : null,
  };
}

test.each([
  ["{{ name }", "Write }} to end the tag.", "{{ name }}"],
  ["{% if x }a{% endif %}", "Write %} to end the tag.", "{% if x %}a{% endif %}"],
  ["{{{ name }}}", "Write two braces.", "{{ name }}"],
  ["{{ x && y }}", "Write `and` there.", "{{ x and y }}"],
  ["{{ x || y }}", "Write `or` there.", "{{ x or y }}"],
  ["{{ !x }}", "Write `not` there.", "{{ not x }}"],
  ["{% if x === y %}a{% endif %}", "Write `==` there.", "{% if x == y %}a{% endif %}"],
  ["{% if x !== y %}a{% endif %}", "Write `!=` there.", "{% if x != y %}a{% endif %}"],
  ["{% if x = 1 %}a{% endif %}", "Write `==` to compare.", "{% if x == 1 %}a{% endif %}"],
  ["{% for x of xs %}a{% endfor %}", "Write {% for x in xs %}.", "{% for x in xs %}a{% endfor %}"],
  ["{% if x %}a{% else if y %}b{% endif %}", "Write {% elif … %}.", "{% if x %}a{% elif y %}b{% endif %}"],
  ["{% if x %}a{% elseif y %}b{% endif %}", "Write {% elif … %}.", "{% if x %}a{% elif y %}b{% endif %}"],
  ["{% for x in xs %}a{% end %}", "Write {% endfor %}.", "{% for x in xs %}a{% endfor %}"],
  ["{{ x | default(‘a’) }}", "Write straight quotes.", "{{ x | default('a') }}"],
  ["{{ x | json }}", "Jinja2 calls it `tojson`.", "{{ x | tojson }}"],
  ["{% if x is null %}a{% endif %}", "Jinja2 calls it `none`.", "{% if x is none %}a{% endif %}"],
  ["{{ x.toUpperCase() }}", "Jinja2 calls it `upper`.", "{{ x.upper() }}"],
])("%s: %s", (content, remedy, mended) => {
  expect(said(content)).toEqual({ remedy, fixed: mended });
  expect(lintPrompt({ messages: [{ role: "user", content: mended }] }).passed).toBe(true);
});

test.each([
  ["{% if x %}a", "Write {% endif %} where the if ends."],
  ["{% set x %}", "Write {% set x = … %}, or {% endset %} where the text ends."],
  ["a{% endfor %}", "Take it out, or write {% for … %} before it: nothing is open here."],
  ["{% if x %}{% for b in c %}{% endif %}", "Write {% endfor %} first: the for is still open here."],
  ["{% else %}", "Write {% if … %} before it."],
  ["{% assign x = 1 %}", "Write {% set x = … %}."],
  ["{{#if x}}a{{/if}}", "Write {% if x %} … {% endif %} or {% for x in xs %} … {% endfor %}."],
  ["{{ if x }}a{{ end }}", "Write it between {% and %}: only values go between {{ and }}."],
  ["{{ x ? a : b }}", "Write {{ a if x else b }}."],
  ["{{ x ?? a }}", "Write {{ x | default('…') }}."],
  ["{{ x | truncate: 20 }}", "Write the filter's argument in brackets: {{ x | truncate(20) }}."],
  ["{% for i in 1..5 %}a{% endfor %}", "Write range(1, 6) for 1 to 5."],
  ["{{ f(a, b }}", "Write ) before it: a bracket is still open."],
  ["{{ }}", "Write a variable's name between the braces, or take them out."],
  ["{{ x | }}", "Write what is missing before the end of the tag: a name, a value or a bracket."],
  ["{{ name", "Write }} to end the tag."],
  ["{# a", "Write #} where the comment ends."],
  ["{% raw %}a", "Write {% endraw %} where the text ends."],
  ["{{ 'a }}", "The string that begins here is never closed."],
  ["{{ a; b }}", "Fix the template at this place, or put what is no tag between {% raw %} and {% endraw %}."],
  ["{{ len(xs) }}", "Write xs | length."],
  ["{{ xs.length() }}", "Write xs | length."],
  ["{% if x is empty %}a{% endif %}", "Write {% if not x %}."],
  [
    "{{ x | date('Y') }}",
    "Format it before it is sent; {{ strftime_now('%Y-%m-%d') }} is the date of the request.",
  ],
])("%s: %s", (content, remedy) => {
  expect(said(content)).toEqual({ remedy, fixed: null });
});

test("what is offered in the place of another language's name is a name of the engine", () => {
  const known = { filter: FILTER_NAMES, test: TEST_NAMES, method: [...ALL_METHOD_NAMES] };
  for (const kind of ["filter", "test", "method"] as const) {
    for (const name of RENAMED.get(kind)!.keys()) {
      expect(known[kind], name).toContain(otherName(kind, name)!.instead);
      expect(known[kind], name).not.toContain(name);
    }
  }
});
