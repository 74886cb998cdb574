import type { RuleName } from "./types.ts";

/**
 * How often each rule was right on the held-out labelled prompts of both hands: findings that were labelled, and those that were not.
 * Written from `npm run bench -- recommend`; a test compares it with the set.
 */
export const RULE_PRECISION: Readonly<Record<RuleName, { readonly right: number; readonly wrong: number }>> =
  {
    "passive-voice": { right: 43, wrong: 0 },
    "missing-role": { right: 19, wrong: 0 },
    "ambiguous-role": { right: 5, wrong: 0 },
    "missing-length": { right: 13, wrong: 3 },
    "missing-format": { right: 19, wrong: 6 },
    "missing-language": { right: 17, wrong: 7 },
    "missing-refusal": { right: 14, wrong: 2 },
    "missing-source": { right: 8, wrong: 4 },
    "contradictory-instructions": { right: 8, wrong: 0 },
    "duplicate-instructions": { right: 4, wrong: 0 },
    "vague-quantifier": { right: 22, wrong: 1 },
    filler: { right: 23, wrong: 2 },
    "long-enumeration": { right: 3, wrong: 0 },
    "cache-order": { right: 4, wrong: 0 },
    "evaluator-directed": { right: 7, wrong: 1 },
  };
