import { canMeet } from "../../text/literal-text.ts";
import { type Claim, readClaims } from "../claims.ts";
import { quote, spanOf } from "../evidence.ts";
import type { Instruction, Match, Rule } from "../types.ts";

export const contradictoryInstructions: Rule = {
  name: "contradictory-instructions",
  severity: "error",
  reason:
    "When two instructions cannot both be followed, the model picks one, and not always the same. Keep one, or say when each holds.",
  find(prompt) {
    const claims = prompt.instructions.flatMap((sentence) =>
      readClaims(sentence.text).map((claim) => ({ sentence, claim })),
    );
    const matches: Match[] = [];
    const told = new Set<string>();
    claims.forEach((first, index) => {
      for (const second of claims.slice(index + 1)) {
        const pair = `${first.sentence.message}:${first.sentence.start}-${second.sentence.message}:${second.sentence.start}`;
        if (
          told.has(pair) ||
          !contradict(first.claim, second.claim) ||
          !bothHold(first.sentence, second.sentence)
        )
          continue;
        told.add(pair);
        const spans = [spanOf(prompt, first.sentence), spanOf(prompt, second.sentence)];
        matches.push({
          message:
            first.sentence === second.sentence
              ? `${quote(spans[0]?.text ?? "")} asks for two things at once: ${first.claim.says} and ${second.claim.says}.`
              : `${quote(spans[0]?.text ?? "")} and ${quote(spans[1]?.text ?? "")} cannot both be followed: ${first.claim.says}, and ${second.claim.says}.`,
          evidence: first.sentence === second.sentence ? spans.slice(0, 1) : spans,
        });
      }
    });
    return matches;
  },
};

function bothHold(a: Instruction, b: Instruction): boolean {
  return a.message !== b.message || canMeet(a.branches, b.branches);
}

function contradict(a: Claim, b: Claim): boolean {
  if (a.subject !== b.subject) return false;
  if (a.kind === "choice" && b.kind === "choice") return a.value !== b.value && (a.exclusive || b.exclusive);
  if (a.kind === "amount" && b.kind === "amount") {
    if (a.max < b.min || b.max < a.min) return true;
    // "One or two labels" and "exactly one label" overlap, but they do not say the same.
    const [one, other] = a.min === a.max ? [a, b] : [b, a];
    return one.exact && one.min === one.max && other.min !== other.max && other.range;
  }
  return false;
}
