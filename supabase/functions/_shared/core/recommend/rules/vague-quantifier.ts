import { matchInstructions, quote } from "../evidence.ts";
import type { Rule } from "../types.ts";

/** Amounts and degrees two readers would measure differently, each with the words that make it one. */
const VAGUE = new RegExp(
  [
    "(?<!\\b(?:at least|the) )\\bsome(?! ?(?:one|thing|where|times|how))(?: (?:of|more))?(?= \\w)",
    "\\b(?:a few|several|various|numerous|a couple of|a bunch of|a handful of|a number of|plenty of|lots of|a lot of|tons of|a variety of)\\b",
    "(?<!\\bat )(?<!\\bthe )\\bmost(?: of the)? (?!(?:important|frequent|urgent|recent|relevant|likely|common|one|two|three|suitable|helpful|similar|\\d))\\w+",
    "\\bas (?:needed|appropriate|necessary|required|applicable|you see fit)\\b",
    "\\bwhere (?:appropriate|applicable|relevant)\\b",
    "\\ba (?:little|bit)\\b",
    "\\b(?:if|where|wherever|when|whenever) (?:at all )?possible\\b",
    // Only as an order: "customers usually write" tells a fact.
    "^(?:usually|generally|normally|typically|sometimes|often|ideally|preferably)\\b",
    "\\b(?:somewhat|roughly|quite|fairly|reasonably|relatively|rather|sufficiently|adequately|moderately)\\b(?! than)(?: \\w+)?",
    "\\b(?:an? )?(?:adequate|sufficient|appropriate|suitable|reasonable|decent|fair|good) (?:amount|number|level|degree|length|information|details?)(?: of \\w+)?",
    "(?<!\\b(?:is|are|be|not) )\\benough (?!to\\b)\\w+",
  ].join("|"),
  "gi",
);

export const vagueQuantifier: Rule = {
  name: "vague-quantifier",
  severity: "info",
  reason:
    "An amount that nobody can check is decided anew in every call. A number, or a range, makes answers alike and the check possible.",
  find: (prompt) =>
    [...matchInstructions(prompt, VAGUE)].map(({ span }) => ({
      message: `${quote(span.text)} does not say how much. Give a number or a range.`,
      evidence: [span],
    })),
};
