import { describe, expect, test } from "vitest";
import { loadTokenCounter } from "../tokens/count-tokens.ts";
import { lintPrompt } from "./lint-prompt.ts";

test("a clean prompt passes with nothing to say", () => {
  const messages = [
    { role: "system", content: "Answer the question between the tags: <q>{{ question }}</q>" },
    { role: "user", content: "{{ question }}" },
  ];
  expect(lintPrompt({ messages })).toEqual({ passed: true, errorCount: 0, warningCount: 0, findings: [] });
});

test("errors come first, then the order of the text", () => {
  const messages = [
    { role: "user", content: "Be kind. \n{{ a | nope }}" },
    { role: "user", content: "{{ b" },
  ];
  const { passed, errorCount, warningCount, findings } = lintPrompt({ messages });
  expect(findings.map(({ rule }) => rule)).toEqual(["unknown-filter", "syntax", "trailing-whitespace"]);
  expect([passed, errorCount, warningCount]).toEqual([false, 2, 1]);
});

test("whatever is given in the place of a version is a finding, never an exception", () => {
  const odd: unknown[] = [
    undefined,
    null,
    3,
    "text",
    [],
    {},
    [null],
    [3],
    [{ role: 3 }],
    [{ role: "user", content: {} }],
  ];
  for (const messages of odd) {
    for (const contract of [undefined, null, 3, [], { variables: [] }, { variables: { a: null } }]) {
      expect(
        lintPrompt({ messages, contract, config: contract }).passed,
        JSON.stringify([messages, contract]),
      ).toBe(false);
    }
  }
});

test("a rule stops after fifty findings", () => {
  const { findings, errorCount } = lintPrompt({
    messages: [{ role: "user", content: "{{ a | nope }}".repeat(500) }],
  });
  expect([errorCount, findings.length]).toEqual([50, 50]);
});

describe("64 KiB of anything are linted in a moment", () => {
  const fill = (piece: string) => piece.repeat(Math.floor(65_000 / piece.length));
  test.each([
    ["outputs", fill("{{a}}")],
    ["lines", fill("{{a}} b.\n")],
    ["ends of lines", fill("a \n")],
    ["one run of blanks", `a${" ".repeat(64_000)}b`],
    ["branches", `{%if a%}${"{%elif a%}".repeat(6000)}{%endif%}`],
    ["operands", `{{a${" or b".repeat(12_000)}}}`],
    ["unknown filters", fill("{{a|b}}")],
    ["calls", fill("{{f()}}")],
    ["loose values", fill("{{ text }}\n")],
    ["tags around values", fill("<a>{{ text }}</a><b>")],
    ["tags that are never closed", `{% if a %}${fill("{% if b %}")}`],
    ["the same sentence", fill("Always answer in plain English words. ")],
  ])("%s", async (_name, content) => {
    const tokens = await loadTokenCounter("gpt-4o");
    const started = process.cpuUsage();
    lintPrompt({ messages: [{ role: "system", content }] }, { tokens, resolve: () => undefined });
    // Processor time: the machine may be busy with other tests.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });
});
