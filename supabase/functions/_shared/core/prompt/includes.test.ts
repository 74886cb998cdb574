import { expect, test } from "vitest";
import { lintPrompt } from "../lint/lint-prompt.ts";
import { TemplateError } from "../template/template-error.ts";
import { includeResolver } from "./includes.ts";
import { preparePrompt } from "./prepare-prompt.ts";
import { renderPrompt } from "./render-prompt.ts";
import type { Includes, Pins } from "./types.ts";

const pin = (name: string, version = 1) => ({ template_id: `tpl_${name}`, version });
const saved = (name: string, content: string, pins: Pins = {}, version = 1) => ({
  ...pin(name, version),
  name,
  messages: [{ role: "system", content }],
  contract: {},
  pins,
});
const messages = (content: string) => [{ role: "system" as const, content }];

test("each version's names mean what it was saved with, though two say the same name", () => {
  const includes: Includes = {
    pins: { tone: pin("tone", 2), frame: pin("frame") },
    versions: [
      saved("tone", "old {{ who }}"),
      saved("tone", "new {{ who }}", {}, 2),
      saved("frame", "[{% include 'tone' %}]", { tone: pin("tone", 1) }),
    ],
  };
  const prompt = preparePrompt(
    { messages: messages("{% include 'tone' %} {% include 'frame' %}") },
    includes,
  );
  expect(prompt.required).toEqual(["who"]);
  expect(renderPrompt(prompt, { who: "x" }).messages[0]?.content).toBe("new x [old x]");
});

test("macros are imported from a pinned version", () => {
  const includes: Includes = {
    pins: { "macros@v3": pin("macros", 3) },
    versions: [saved("macros", "{% macro hi(x) %}Hi {{ x }}{% endmacro %}", {}, 3)],
  };
  const prompt = preparePrompt(
    { messages: messages("{% from 'macros@v3' import hi %}{{ hi(name) }}") },
    includes,
  );
  expect(renderPrompt(prompt, { name: "Ada" }).messages[0]?.content).toBe("Hi Ada");
});

test("names of nothing, and versions of several messages, are not found", () => {
  const two = { ...saved("two", "a"), messages: [...messages("a"), ...messages("b")] };
  const resolve = includeResolver({ pins: { two: pin("two"), gone: pin("gone") }, versions: [two] });
  for (const name of ["two", "gone", "unheard-of", "constructor"]) expect(resolve(name)).toBeUndefined();
  const prompt = preparePrompt({ messages: messages("a\n{% include 'tone' %}") });
  const thrown = (() => {
    try {
      return renderPrompt(prompt);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(TemplateError);
  expect(thrown).toMatchObject({ code: "template_not_found", line: 2, column: 12 });
});

test("whoever includes the template itself is refused by lint, an earlier version of it too", () => {
  const includes: Includes = {
    name: "a",
    pins: { b: pin("b"), kind: pin("kind") },
    versions: [saved("b", "{% include 'a@v1' %}", { "a@v1": pin("a") }), saved("a", "x"), saved("kind", "k")],
  };
  const rules = (content: string) =>
    lintPrompt({ messages: messages(content) }, { includes }).findings.map(({ rule, message }) => [
      rule,
      message,
    ]);
  expect(rules("{% include 'b' %}")).toEqual([
    ["include-cycle", 'This never ends: "a" includes "b" includes "a".'],
  ]);
  expect(rules("{% include 'kind' %}")).toEqual([]);
  expect(rules("{% include 'tune' %}")).toEqual([
    ["unknown-include", 'There is no template "tune" to include.'],
  ]);
});
