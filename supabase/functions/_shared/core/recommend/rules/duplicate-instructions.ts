import { canMeet } from "../../text/literal-text.ts";
import { findRepetitions } from "../../text/repeated-sentences.ts";
import { readClaims } from "../claims.ts";
import { quote, removal, spanOf } from "../evidence.ts";
import { isComparable, saysAgain } from "../same-demand.ts";
import type { Instruction, Match, PreparedPrompt, Rule } from "../types.ts";

// Branches are numbered by their offset, so those of two messages have nothing to do with each other.
const canBothHold = (a: Instruction, b: Instruction) =>
  a.message !== b.message || canMeet(a.branches, b.branches);

export const duplicateInstructions: Rule = {
  name: "duplicate-instructions",
  severity: "info",
  reason:
    "A repeated instruction costs tokens in every call, and a later change to one of the two makes them contradict each other.",
  find(prompt) {
    const inWords = findRepetitions(prompt.instructions, canBothHold);
    const found = new Set(inWords.map(({ again }) => again));
    const inMeaning = findSameDemands(prompt.instructions).filter(({ again }) => !found.has(again));
    return [
      // What stands in a branch may be there for emphasis in one case only; a person should take that out.
      ...inWords.map(({ first, again }) =>
        matchOf(prompt, first, again, again.branches.length === 0 && !again.text.includes("Xx")),
      ),
      // Other words may carry more than the demand they share, so nothing is taken out unasked.
      ...inMeaning.map(({ first, again }) => matchOf(prompt, first, again, false)),
    ];
  },
};

function matchOf(prompt: PreparedPrompt, first: Instruction, again: Instruction, remove: boolean): Match {
  const spans = [spanOf(prompt, first), spanOf(prompt, again)] as const;
  return {
    message: `${quote(spans[1].text)} repeats ${quote(spans[0].text)}.`,
    evidence: spans,
    edits: remove ? [removal(again)] : [],
  };
}

/** Sentences whose one demand an earlier sentence has made already: "Keep it concise", "make it brief". */
function findSameDemands(instructions: readonly Instruction[]): { first: Instruction; again: Instruction }[] {
  const demands = instructions.map((sentence) => ({
    sentence,
    claims: readClaims(sentence.text).filter(isComparable),
  }));
  return demands.flatMap(({ sentence: again, claims }, at) => {
    const [claim, ...more] = claims;
    if (!claim || more.length > 0) return [];
    const earlier = demands
      .slice(0, at)
      .find(
        ({ sentence, claims: theirs }) =>
          canBothHold(sentence, again) &&
          theirs.some((their) =>
            saysAgain({ claim: their, sentence: sentence.text }, { claim, sentence: again.text }),
          ),
      );
    return earlier ? [{ first: earlier.sentence, again }] : [];
  });
}
