import { readdirSync, readFileSync } from "node:fs";
import type { PromptMessage } from "../../supabase/functions/_shared/core/prompt/types.ts";
import { analysePrompt } from "../../supabase/functions/_shared/core/recommend/analyse-prompt.ts";
import {
  type Finding,
  RULE_NAMES,
  type RuleName,
} from "../../supabase/functions/_shared/core/recommend/types.ts";

export const SPLITS = ["dev", "held-out", "fresh-dev", "fresh-held-out"] as const;
export type Split = (typeof SPLITS)[number];

/** A labelled prompt as its file holds it; see labelled/README.md for what the labels mean. */
export interface LabelledPrompt {
  readonly id: string;
  readonly split: Split;
  readonly messages: readonly (readonly [role: PromptMessage["role"], content: string])[];
  readonly whole: readonly RuleName[];
  readonly places: Partial<Record<RuleName, readonly string[]>>;
}

/** How often one rule was right on one split. */
export interface RuleScore {
  right: number;
  wrong: number;
  missed: number;
}

/** One disagreement between rule and label. */
export interface Miss {
  readonly id: string;
  readonly rule: RuleName;
  readonly kind: "wrong" | "missed";
  readonly text: string;
}

const FOLDER = new URL("./labelled/", import.meta.url);

export function readLabelled(): LabelledPrompt[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as LabelledPrompt[]);
}

export function messagesOf(prompt: LabelledPrompt): PromptMessage[] {
  return prompt.messages.map(([role, content]) => ({ role, content }));
}

/** Compares every rule with the labels of one split. */
export function measure(prompts: readonly LabelledPrompt[]): {
  scores: Map<RuleName, RuleScore>;
  misses: Miss[];
} {
  const scores = new Map<RuleName, RuleScore>(
    RULE_NAMES.map((rule) => [rule, { right: 0, wrong: 0, missed: 0 }]),
  );
  const misses: Miss[] = [];
  for (const prompt of prompts) {
    const messages = messagesOf(prompt);
    const findings = analysePrompt({ messages });
    for (const rule of RULE_NAMES) {
      const own = findings.filter((finding) => finding.rule === rule);
      const places = prompt.places[rule];
      const compared =
        places || (own.some((finding) => finding.evidence.length > 0) && !prompt.whole.includes(rule))
          ? comparePlaces(own, placesIn(messages, places ?? []))
          : compareWhole(own, prompt.whole.includes(rule));
      const score = scores.get(rule) as RuleScore;
      score.right += compared.right;
      score.wrong += compared.wrong.length;
      score.missed += compared.missed.length;
      for (const text of compared.wrong) misses.push({ id: prompt.id, rule, kind: "wrong", text });
      for (const text of compared.missed) misses.push({ id: prompt.id, rule, kind: "missed", text });
    }
  }
  return { scores, misses };
}

interface Compared {
  right: number;
  wrong: string[];
  missed: string[];
}

interface Place {
  readonly message: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Every place a quotation stands at; a quotation that stands twice is labelled in both. */
function placesIn(messages: readonly PromptMessage[], quotes: readonly string[]): Place[][] {
  return quotes.map((text) =>
    messages.flatMap(({ content }, message) => {
      const places: Place[] = [];
      for (let start = content.indexOf(text); start >= 0; start = content.indexOf(text, start + 1)) {
        places.push({ message, start, end: start + text.length, text });
      }
      return places;
    }),
  );
}

function overlaps(finding: Finding, place: Place): boolean {
  return finding.evidence.some(
    (e) => e.message === place.message && e.start < place.end && place.start < e.end,
  );
}

function comparePlaces(findings: readonly Finding[], labels: readonly Place[][]): Compared {
  const wrong = findings.filter((finding) => !labels.flat().some((place) => overlaps(finding, place)));
  const missed = labels.filter(
    (places) => !findings.some((finding) => places.some((p) => overlaps(finding, p))),
  );
  return {
    right: labels.length - missed.length,
    wrong: wrong.map((finding) => finding.evidence.map((e) => e.text).join(" | ")),
    missed: missed.map((places) => places[0]?.text ?? ""),
  };
}

function compareWhole(findings: readonly Finding[], expected: boolean): Compared {
  const fired = findings.length > 0;
  return {
    right: fired && expected ? 1 : 0,
    wrong: fired && !expected ? ["(whole prompt)"] : [],
    missed: !fired && expected ? ["(whole prompt)"] : [],
  };
}

export function precision({ right, wrong }: RuleScore): number {
  return right + wrong === 0 ? 1 : right / (right + wrong);
}

export function recall({ right, missed }: RuleScore): number {
  return right + missed === 0 ? 1 : right / (right + missed);
}
