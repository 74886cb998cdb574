import { canMeet } from "../../text/literal-text.ts";
import { findRepetitions } from "../../text/repeated-sentences.ts";
import { quote, removal, spanOf } from "../evidence.ts";
import type { Instruction, Rule } from "../types.ts";

// Branches are numbered by their offset, so those of two messages have nothing to do with each other.
const canBothHold = (a: Instruction, b: Instruction) =>
  a.message !== b.message || canMeet(a.branches, b.branches);

export const duplicateInstructions: Rule = {
  name: "duplicate-instructions",
  severity: "info",
  reason:
    "A repeated instruction costs tokens in every call, and a later change to one of the two makes them contradict each other.",
  find: (prompt) =>
    findRepetitions(prompt.instructions, canBothHold).map(({ first, again }) => {
      const spans = [spanOf(prompt, first), spanOf(prompt, again)];
      const [said, repeated] = spans as [(typeof spans)[0], (typeof spans)[0]];
      return {
        message: `${quote(repeated.text)} repeats ${quote(said.text)}.`,
        evidence: spans,
        // What stands in a branch may be there for emphasis in one case only; a person should take that out.
        edits: again.branches.length > 0 || again.text.includes("Xx") ? [] : [removal(again)],
      };
    }),
};
