import { expect, test } from "vitest";
import type { ParsedTemplate } from "../../template/parse-template.ts";
import { loadTokenCounter, type TokenCounter } from "../../tokens/count-tokens.ts";
import type { LintInput } from "../lint-prompt.ts";
import { lintPrompt } from "../lint-prompt.ts";
import type { LintResult } from "../lint-result.ts";
import { RULES, type RuleName } from "../rules.ts";

/** What a rule is shown on: a text for a system message, or a whole version. */
export type Example = string | LintInput;

export interface RuleStory {
  readonly rule: RuleName;
  /** The rule is silent here; the same text is the one that fires with a fault put in. */
  readonly clean: Example;
  /** The rule speaks here, at this place, and what it says holds this text. */
  readonly firing: Example;
  readonly at: readonly [messageIndex: number | null, line: number, column: number];
  readonly says: string;
  /** The fault mended as the remedy advises; left out where the rule's own fix mends it. */
  readonly fixed?: Example;
  /** Things that look alike and are right. */
  readonly nextDoor: readonly Example[];
  /** Templates that can be included. */
  readonly resolve?: (name: string) => ParsedTemplate | undefined;
  /** Count tokens as this model does. */
  readonly model?: string;
}

/** Tells the whole story of one rule: clean, firing, fixed, and silent next door. */
export function tellRuleStory(story: RuleStory): void {
  const { rule } = story;
  const lint = async (example: Example): Promise<readonly LintResult[]> => {
    const tokens: TokenCounter | null = story.model ? await loadTokenCounter(story.model) : null;
    const report = lintPrompt(toInput(example), { tokens, resolve: story.resolve ?? null });
    return report.findings.filter((finding) => finding.rule === rule);
  };

  test(`${rule}: silent on a clean prompt`, async () => {
    expect(await lint(story.clean)).toEqual([]);
  });

  test(`${rule}: fires once, as its level says, at the place of the fault`, async () => {
    const [finding, ...others] = await lint(story.firing);
    expect(others).toEqual([]);
    expect(finding?.level).toBe(RULES[rule].level);
    expect([finding?.messageIndex, finding?.line, finding?.column]).toEqual(story.at);
    expect(finding?.message).toContain(story.says);
    expect(finding?.remedy).toMatch(/[.?]$/);
  });

  test(`${rule}: silent again once mended`, async () => {
    const [finding] = await lint(story.firing);
    const fixed = story.fixed ?? (finding && applyFix(toInput(story.firing), finding));
    expect(fixed).toBeDefined();
    expect(await lint(fixed ?? "")).toEqual([]);
  });

  test.each(story.nextDoor.map((example) => [JSON.stringify(example).slice(0, 90), example] as const))(
    `${rule}: silent next door on %s`,
    async (_name, example) => {
      expect(await lint(example)).toEqual([]);
    },
  );
}

export function toInput(example: Example): LintInput {
  return typeof example === "string" ? { messages: [{ role: "system", content: example }] } : example;
}

/** The input with a finding's own fix applied; undefined when it has none. */
export function applyFix(input: LintInput, { fix, messageIndex }: LintResult): LintInput | undefined {
  if (!fix || messageIndex === null) return undefined;
  const messages = [...(input.messages as { role: string; content: string }[])];
  const message = messages[messageIndex];
  if (!message) return undefined;
  let { content } = message;
  for (const { from, to, insert } of [...fix.edits].sort((a, b) => b.from - a.from)) {
    content = content.slice(0, from) + insert + content.slice(to);
  }
  messages[messageIndex] = { ...message, content };
  return { ...input, messages };
}
