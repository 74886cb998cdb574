import { expect, test } from "vitest";
import { includeResolver } from "../prompt/includes.ts";
import { preparePrompt } from "../prompt/prepare-prompt.ts";
import { PromptVariablesError } from "../prompt/prompt-variables-error.ts";
import { renderPrompt } from "../prompt/render-prompt.ts";
import type { Includes } from "../prompt/types.ts";
import { lintPrompt } from "./lint-prompt.ts";

const KNOWN: Record<string, string> = {
  tone: "Be {{ mood }}.",
  branch: "{% if pro %}{{ seats }}{% endif %}",
  macros: "{% macro hi(name, mark='!') %}Hi {{ name }}{{ mark }}{% endmacro %}",
  context: "{% macro hi() %}Hi {{ name }}{% endmacro %}",
  base: "<{% block top %}{{ title }}{% endblock %}|{{ body }}>",
  middle: "{% extends 'base' %}{% block top %}{{ subtitle }}{% endblock %}",
  outer: "[{% include 'tone' %}]",
};

const pins = Object.fromEntries(
  Object.keys(KNOWN).map((name) => [name, { template_id: `tpl_${name}`, version: 1 }]),
);
const includes: Includes = {
  pins,
  versions: Object.entries(KNOWN).map(([name, content]) => ({
    template_id: `tpl_${name}`,
    version: 1,
    name,
    messages: [{ role: "system", content }],
    contract: {},
    pins,
  })),
};

const prepare = (content: string) => preparePrompt({ messages: [{ role: "user", content }] }, includes);

test.each([
  ["{% include 'tone' %}", ["mood"], "Be <mood>."],
  ["{% include 'outer' %}", ["mood"], "[Be <mood>.]"],
  ["{% include ['none', 'tone'] %}", ["mood"], "Be <mood>."],
  ["{% set mood = 'kind' %}{% include 'tone' %}", [], "Be kind."],
  ["{% from 'macros' import hi %}{{ hi(who) }}", ["who"], "Hi <who>!"],
  ["{% import 'macros' as m %}{{ m.hi(who, mark=end) }}", ["who", "end"], "Hi <who><end>"],
  ["{% import 'context' as m with context %}{{ m.hi() }}", ["name"], "Hi <name>"],
  ["{% from 'context' import hi with context %}{{ hi() }}", ["name"], "Hi <name>"],
  ["{% extends 'base' %}", ["title", "body"], "<<title>|<body>>"],
  ["{% extends 'base' %}{% block top %}x{% endblock %}", ["body"], "<x|<body>>"],
  [
    "{% extends 'base' %}{% block top %}{{ super() }}{{ y }}{% endblock %}",
    ["title", "y", "body"],
    "<<title><y>|<body>>",
  ],
  ["{% extends 'middle' %}{% set body = 1 %}", ["subtitle"], "<<subtitle>|1>"],
  ["{% extends 'middle' %}{% block top %}z{% endblock %}{{ nobody }}", ["body"], "<z|<body>>"],
])("%s needs %j", (content, required, text) => {
  const prompt = prepare(content);
  expect([...prompt.required].sort()).toEqual([...required].sort());
  const given = Object.fromEntries(required.map((name) => [name, `<${name}>`]));
  expect(renderPrompt(prompt, given).messages[0]?.content).toBe(text);
  for (const name of required) {
    const { [name]: _left, ...rest } = given;
    expect(() => renderPrompt(prompt, rest)).toThrow(PromptVariablesError);
  }
});

test("of two that are chosen between, each one's variables may be given and are wanted where it is chosen", () => {
  const prompt = prepare("{% include 'tone' if a else 'branch' %}");
  expect([...prompt.contract.variables.keys()].sort()).toEqual(["a", "mood", "pro", "seats"]);
  expect(prompt.required).toEqual(["a"]);
  expect(renderPrompt(prompt, { a: 1, mood: "kind" }).messages[0]?.content).toBe("Be kind.");
  expect(() => renderPrompt(prompt, { a: 0 })).toThrow(PromptVariablesError);
});

test("what an included template lacks is told at the tag that includes it", () => {
  const contract = { variables: { pro: {} } };
  const content = "Hello.\n\n  {% include 'branch' %}";
  const { findings } = lintPrompt({ messages: [{ role: "user", content }], contract }, { includes });
  expect(findings).toMatchObject([
    { rule: "undeclared-variable", line: 3, column: 14 },
    { rule: "undefined-reachable", line: 3, column: 14 },
  ]);
});

test("a macro that an imported template does not have is found", () => {
  const content = "{% import 'macros' as m %}{{ m.hello('a') }}";
  const resolve = includeResolver(includes);
  const { findings } = lintPrompt({ messages: [{ role: "user", content }] }, { resolve });
  expect(findings).toMatchObject([{ rule: "unknown-function", line: 1, column: 32 }]);
});

test("a template imported without context asks nothing of the caller", () => {
  expect([...prepare("{% import 'context' as m %}{{ m.hi }}").contract.variables.keys()]).toEqual([]);
});
