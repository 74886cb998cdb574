import { parseOptions } from "../../prompt/parse-options.ts";
import { canMeet, readLiteralText } from "../../text/literal-text.ts";
import { findRepetitions } from "../../text/repeated-sentences.ts";
import { type Sentence, splitSentences } from "../../text/sentences.ts";
import type { LintContext, LintRule } from "../lint-context.ts";

/** A sentence says again what an earlier one said. Docs: docs/lint-rules/duplicate-instruction.md */
export const duplicateInstruction: LintRule = {
  level: "warning",
  *check(context) {
    const sentences = sentencesOf(context);
    // Branches are numbered within a message, so those of two messages say nothing about each other.
    const canBothHold = (a: Placed, b: Placed) =>
      a.messageIndex !== b.messageIndex || canMeet(a.branches, b.branches);
    for (const { first, again } of findRepetitions(sentences, canBothHold)) {
      const place = context.messages[first.messageIndex]?.lines.position(first.start);
      const at = context.messages[again.messageIndex]?.lines.position(again.start);
      if (!place || !at) continue;
      const where = first.messageIndex === again.messageIndex ? "" : ` of message ${first.messageIndex + 1}`;
      yield {
        message: `This says again what line ${place.line}${where} says.`,
        remedy: "Keep the better of the two; a repeated instruction costs tokens and may read as two.",
        at: { messageIndex: again.messageIndex, ...at },
      };
    }
  },
};

type Placed = Sentence & { readonly messageIndex: number };

function sentencesOf({ messages, contract }: LintContext): Placed[] {
  return messages.flatMap(({ content, template, index, role }) => {
    // An assistant's messages are examples: what they say is not an instruction.
    if (!template || role === "assistant") return [];
    return splitSentences(readLiteralText(content, parseOptions(contract))).map((sentence) => ({
      ...sentence,
      messageIndex: index,
    }));
  });
}
