import { parseOptions } from "../../prompt/parse-options.ts";
import { canMeet, readLiteralText } from "../../text/literal-text.ts";
import { findRepetitions } from "../../text/repeated-sentences.ts";
import { type Sentence, splitSentences } from "../../text/sentences.ts";
import type { LintContext, LintRule } from "../lint-context.ts";
import type { LintFix } from "../lint-result.ts";

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
      const fix = removal(context, again);
      yield {
        message: `${quote(context, again)} says again what line ${place.line}${where} says: ${quote(context, first)}.`,
        remedy: "Keep the better of the two; a repeated instruction costs tokens and may read as two.",
        at: { messageIndex: again.messageIndex, ...at },
        ...(fix ? { fix } : {}),
      };
    }
  },
};

type Placed = Sentence & { readonly messageIndex: number };

function textOf({ messages }: LintContext, { messageIndex, start, end }: Placed): string {
  return messages[messageIndex]?.content.slice(start, end) ?? "";
}

function quote(context: LintContext, sentence: Placed): string {
  const text = textOf(context, sentence).replace(/\s+/g, " ");
  return `"${text.length > 60 ? `${text.slice(0, 59)}…` : text}"`;
}

/** Takes the sentence out, with the blanks before it; not one that holds tags, or is an item of a list. */
function removal(context: LintContext, sentence: Placed): LintFix | undefined {
  const { messageIndex, start: written, end: to } = sentence;
  if (sentence.kind !== "prose" || /\{[{%#]/.test(textOf(context, sentence))) return undefined;
  const before = context.messages[messageIndex]?.content.slice(0, written) ?? "";
  const from = before.trimEnd().length;
  // Behind a tag, or at the beginning, blanks are not the sentence's own.
  const own = from === 0 || /[}]$/.test(before.slice(0, from)) ? written : from;
  return { label: "Remove this sentence", edits: [{ from: own, to, insert: "" }] };
}

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
