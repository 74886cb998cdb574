import type { IncludingSource } from "../prompt/types.ts";
import { analysePrompt } from "./analyse-prompt.ts";
import { RULE_PRECISION } from "./rule-precision.ts";
import type { Finding, RuleName } from "./types.ts";

/**
 * What a finding takes off 100 points, and at most how often it counts. The weights are a judgement, not a
 * measurement; docs/recommendations.md says what each rests on. `evaluator-directed` and what only costs tokens
 * (`cache-order`) weigh nothing: the score is about how clearly a prompt says what it wants.
 */
const RUBRIC: Readonly<Record<RuleName, { readonly points: number; readonly most: number }>> = {
  "contradictory-instructions": { points: 15, most: 2 },
  "ambiguous-role": { points: 6, most: 1 },
  "missing-role": { points: 10, most: 1 },
  "missing-format": { points: 10, most: 1 },
  "missing-refusal": { points: 10, most: 1 },
  "missing-source": { points: 8, most: 1 },
  "missing-length": { points: 6, most: 1 },
  "missing-language": { points: 5, most: 1 },
  "duplicate-instructions": { points: 3, most: 3 },
  "vague-quantifier": { points: 3, most: 4 },
  "passive-voice": { points: 2, most: 5 },
  "long-enumeration": { points: 2, most: 2 },
  filler: { points: 1, most: 5 },
  "cache-order": { points: 0, most: 0 },
  "evaluator-directed": { points: 0, most: 0 },
};

/** 0 to 100: 100 less what the findings take off. The same prompt always scores the same. */
export function rubricScore(findings: readonly Finding[]): number {
  let score = 100;
  for (const [rule, count] of countByRule(findings))
    score -= RUBRIC[rule].points * Math.min(count, RUBRIC[rule].most);
  return Math.max(0, score);
}

/** A predicted difference of quality. Always an estimate, always a range, always with its method. */
export interface QualityEstimate {
  readonly label: "estimate";
  readonly method: "rubric" | "judge";
  /** Rubric points of 100 (`rubric`), or the share of comparisons won less those lost, -100 to 100 (`judge`). */
  readonly unit: "rubric points" | "net wins per 100";
  readonly before: number | null;
  readonly after: number | null;
  readonly low: number;
  readonly high: number;
  /** How many judgements it rests on. The rubric makes none: it counts findings. */
  readonly judgements: number;
  readonly explanation: string;
}

/**
 * Compares two prompts by the rubric. A rule is not always right, so a finding that went away counts with the
 * lower and the upper end of the 95 % interval (Wilson) of that rule's measured precision; one that came, likewise
 * the other way round.
 */
export function compareByRubric(
  before: IncludingSource,
  after: IncludingSource,
  config: Readonly<Record<string, unknown>> = {},
): QualityEstimate {
  const [old, now] = [analysePrompt(before, config), analysePrompt(after, config)];
  const [oldCounts, newCounts] = [countByRule(old), countByRule(now)];
  let low = 0;
  let high = 0;
  for (const rule of Object.keys(RUBRIC) as RuleName[]) {
    const { points, most } = RUBRIC[rule];
    const gone =
      points * (Math.min(oldCounts.get(rule) ?? 0, most) - Math.min(newCounts.get(rule) ?? 0, most));
    const { right, wrong } = RULE_PRECISION[rule];
    const [least, greatest] = wilson(right, right + wrong);
    low += gone * (gone >= 0 ? least : greatest);
    high += gone * (gone >= 0 ? greatest : least);
  }
  return {
    label: "estimate",
    method: "rubric",
    unit: "rubric points",
    before: rubricScore(old),
    after: rubricScore(now),
    low: round(low),
    high: round(high),
    judgements: 0,
    explanation:
      "Findings that went away, weighed by the rubric and by how often each rule is right on the held-out labelled prompts (95 % interval). No model judged it.",
  };
}

/** The Wilson score interval at 95 % for `right` of `total` (E. B. Wilson, JASA 22, 1927). */
export function wilson(right: number, total: number): [low: number, high: number] {
  if (total === 0) return [0, 1];
  const z = 1.959964;
  const share = right / total;
  const centre = share + (z * z) / (2 * total);
  const spread = z * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  const scale = 1 + (z * z) / total;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

function countByRule(findings: readonly Finding[]): Map<RuleName, number> {
  const counts = new Map<RuleName, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
