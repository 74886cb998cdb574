import type { RuleName } from "./types.ts";

/**
 * How often each rule was right on the held-out labelled prompts: findings that were labelled, and those that were not.
 * Written from `npm run bench -- recommend`; a test compares it with the set.
 */
export const RULE_PRECISION: Readonly<Record<RuleName, { readonly right: number; readonly wrong: number }>> =
  {
    "passive-voice": { right: 33, wrong: 0 },
    "missing-role": { right: 14, wrong: 0 },
    "ambiguous-role": { right: 4, wrong: 0 },
    "missing-length": { right: 11, wrong: 1 },
    "missing-format": { right: 16, wrong: 4 },
    "missing-language": { right: 13, wrong: 5 },
    "missing-refusal": { right: 13, wrong: 0 },
    "missing-source": { right: 5, wrong: 1 },
    "contradictory-instructions": { right: 8, wrong: 0 },
    "duplicate-instructions": { right: 4, wrong: 0 },
    "vague-quantifier": { right: 13, wrong: 0 },
    filler: { right: 18, wrong: 1 },
    "long-enumeration": { right: 3, wrong: 0 },
    "cache-order": { right: 3, wrong: 0 },
    "evaluator-directed": { right: 6, wrong: 1 },
  };
