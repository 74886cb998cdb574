import { spanAt } from "../evidence.ts";
import type { Match, PreparedPrompt, Rule } from "../types.ts";

/** Characters of text behind the first variable from which moving it is worth a sentence; about 100 tokens. */
const FEWEST_STATIC = 400;
const WEIGHT_BEHIND = 3;

export const cacheOrder: Rule = {
  name: "cache-order",
  severity: "info",
  reason:
    "Providers reuse and discount the longest beginning two requests have in common. It ends at the first value that changes, so text that never changes should come before it.",
  find(prompt) {
    const at = firstOutput(prompt);
    if (!at) return [];
    const before = staticLength(prompt, 0, at.message, at.start);
    const behind = staticLength(prompt, at.message, Number.POSITIVE_INFINITY, 0, at.start);
    if (behind < FEWEST_STATIC || behind < WEIGHT_BEHIND * before) return [];
    const match: Match = {
      message: `About ${behind} characters that never change stand behind the first value of the request, and ${before} before it. Put the values last, so that the beginning can be cached.`,
      evidence: [spanAt(prompt, at.message, at.start, at.end)],
    };
    return [match];
  },
};

function firstOutput(prompt: PreparedPrompt): { message: number; start: number; end: number } | null {
  for (const [message, literal] of prompt.literals.entries()) {
    const output = literal.outputs[0];
    if (output) return { message, start: output.start, end: output.end };
  }
  return null;
}

/** Characters of text that stands in every rendering, between two places. */
function staticLength(
  prompt: PreparedPrompt,
  from: number,
  to: number,
  toOffset: number,
  fromOffset = 0,
): number {
  let length = 0;
  for (const [message, literal] of prompt.literals.entries()) {
    if (message < from || message > to) continue;
    for (const piece of literal.pieces) {
      if (piece.branches.length > 0 || piece.loops > 0) continue;
      const start = message === from ? Math.max(piece.start, fromOffset) : piece.start;
      const end = message === to ? Math.min(piece.end, toOffset) : piece.end;
      length += Math.max(0, end - start);
    }
  }
  return length;
}
