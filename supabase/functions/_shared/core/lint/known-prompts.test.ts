import { expect, test } from "vitest";
import { loadTokenCounter } from "../tokens/count-tokens.ts";
import { lintPrompt } from "./lint-prompt.ts";
import { readPrompts } from "./testing/read-prompts.ts";
import { applyFix } from "./testing/rule-story.ts";

const prompts = readPrompts();

test("there are enough prompts to tell noise from advice", () => {
  expect(prompts.length).toBeGreaterThan(70);
  expect(prompts.filter(({ rules }) => rules.length === 0).length).toBeGreaterThan(50);
});

test.each(prompts.map((prompt) => [prompt.name, prompt] as const))(
  "%s: the rules that have something to say speak, and no others",
  async (_name, { input, rules }) => {
    const { findings } = lintPrompt(input, { tokens: await loadTokenCounter("gpt-4o") });
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
  },
);

test("a fix takes its finding away and brings no other", () => {
  const key = ({ rule, message }: { rule: string; message: string }) => `${rule}: ${message}`;
  let fixes = 0;
  for (const { name, input } of prompts) {
    const { findings } = lintPrompt(input);
    for (const finding of findings) {
      const fixed = applyFix(input, finding);
      if (!fixed) continue;
      fixes++;
      const left = lintPrompt(fixed).findings.map(key);
      expect(left.sort(), name).toEqual(
        findings
          .filter((one) => one !== finding)
          .map(key)
          .sort(),
      );
    }
  }
  expect(fixes).toBeGreaterThan(10);
});
