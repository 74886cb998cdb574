import { expect, test } from "vitest";
import { TemplateError } from "../template/template-error.ts";
import { preparePrompt } from "./prepare-prompt.ts";
import { PromptVariablesError } from "./prompt-variables-error.ts";
import { renderPrompt } from "./render-prompt.ts";
import type { PromptMessage, VariableContract } from "./types.ts";

function render(
  content: string | PromptMessage[],
  variables: Record<string, unknown> = {},
  contract: VariableContract = {},
) {
  const messages = typeof content === "string" ? [{ role: "user" as const, content }] : content;
  return renderPrompt(preparePrompt({ messages, contract }), variables).messages.map(
    (message) => message.content,
  );
}

function refusal(...args: Parameters<typeof render>): unknown {
  try {
    return render(...args);
  } catch (error) {
    return error;
  }
}

test("every message is rendered with the same variables and keeps its role", () => {
  const prompt = preparePrompt({
    messages: [
      { role: "system", content: "You help {{ name }}." },
      { role: "user", content: "{{ name | upper }}" },
    ],
  });
  expect(renderPrompt(prompt, { name: "Ada" }).messages).toEqual([
    { role: "system", content: "You help Ada." },
    { role: "user", content: "ADA" },
  ]);
});

test("a value is data: what looks like a template in it stays as it is", () => {
  const hostile = "{{ 7 * 7 }}{% for i in range(9) %}x{% endfor %}{# c #}";
  expect(render("{{ text }}", { text: hostile })).toEqual([hostile]);
  expect(render("{{ a }}", {}, { variables: { a: { default: hostile } } })).toEqual([hostile]);
});

test("a default fills what is left out, and a given value, null too, wins", () => {
  const contract: VariableContract = { variables: { tone: { default: "kind" } } };
  expect(render("{{ tone }}", {}, contract)).toEqual(["kind"]);
  expect(render("{{ tone }}", { tone: "dry" }, contract)).toEqual(["dry"]);
  expect(render("{{ tone }}", { tone: null }, contract)).toEqual(["None"]);
});

test("a variable only a branch needs is missing when the branch is reached, by its name", () => {
  const template = "{% if plan == 'pro' %}{{ seats }}{% else %}free{% endif %}";
  expect(render(template, { plan: "free" })).toEqual(["free"]);
  const error = refusal(template, { plan: "pro" });
  expect(error).toBeInstanceOf(PromptVariablesError);
  expect(error).toMatchObject({ code: "prompt_variables_missing", names: ["seats"] });
});

test("a missing field is the template's error, not a missing variable", () => {
  const error = refusal("{{ user.name }}", { user: {} });
  expect(error).toBeInstanceOf(TemplateError);
  expect(error).toMatchObject({ code: "undefined_error", line: 1 });
});

test("lenient prints an absent optional variable as nothing and passes unknown ones over", () => {
  const contract: VariableContract = { variables_mode: "lenient", variables: { a: { required: false } } };
  expect(render("[{{ a }}]", { other: 1 }, contract)).toEqual(["[]"]);
});

test("the contract's whitespace options hold for every message", () => {
  const template = "{% if true %}\n  a\n{% endif %}\nb\n";
  expect(render(template)).toEqual(["\n  a\n\nb"]);
  expect(render(template, {}, { options: { trim_blocks: true, keep_trailing_newline: true } })).toEqual([
    "  a\nb\n",
  ]);
});

test("all messages of a prompt share one budget", () => {
  const loop = { role: "user" as const, content: "{% for i in range(20000) %}{% endfor %}" };
  expect(() => render([loop])).not.toThrow();
  expect(refusal(Array.from({ length: 20 }, () => loop))).toMatchObject({ code: "budget_exceeded" });
});

test("a render leaves prompt and variables as they were", () => {
  const prompt = preparePrompt({ messages: [{ role: "user", content: "{% do xs.append(3) %}{{ xs }}" }] });
  const variables = { xs: [1, 2] };
  expect(renderPrompt(prompt, variables).messages[0]?.content).toBe("[1, 2, 3]");
  expect(renderPrompt(prompt, variables).messages[0]?.content).toBe("[1, 2, 3]");
  expect(variables).toEqual({ xs: [1, 2] });
});

test("the clock can be given", () => {
  const prompt = preparePrompt({ messages: [{ role: "user", content: "{{ strftime_now('%Y') }}" }] });
  expect(renderPrompt(prompt, {}, { now: () => new Date(2031, 5, 1) }).messages[0]?.content).toBe("2031");
});
