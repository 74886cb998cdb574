import { cacheableShare } from "../../lint/cacheable-share.ts";
import { lintContext } from "../../lint/lint-prompt.ts";
import { spanAt } from "../evidence.ts";
import type { Rule } from "../types.ts";

/** Tokens of text behind the first value from which moving it is worth a sentence. */
const FEWEST_TOKENS = 100;
/** It must also outweigh what is cached already so many times. */
const WEIGHT_BEHIND = 3;

export const cacheOrder: Rule = {
  name: "cache-order",
  severity: "info",
  reason:
    "Providers reuse and discount the longest beginning two requests have in common. It ends at the first value that changes, so text that never changes should come before it.",
  find(prompt) {
    const { messages, contract } = prompt.source;
    const { firstVarying, cacheableTokens, fixedTokens } = cacheableShare(
      lintContext({ messages, contract: contract ?? {} }),
    );
    const behind = fixedTokens - cacheableTokens;
    if (!firstVarying || behind < FEWEST_TOKENS || behind < WEIGHT_BEHIND * cacheableTokens) return [];
    const { messageIndex = 0, line, column, name } = firstVarying;
    const lines = (prompt.literals[messageIndex]?.source ?? "").split(/(?<=\r\n|\r(?!\n)|\n)/);
    const start = lines.slice(0, line - 1).join("").length + column - 1;
    const end = start + (lines[line - 1]?.slice(column - 1).search(/[}]{2}|$|\r|\n/m) ?? 0);
    return [
      {
        message: `About ${behind} tokens that never change stand behind \`${name}\`, the first value of the request, and ${cacheableTokens} before it. Put the values last, so that the beginning can be cached.`,
        evidence: [spanAt(prompt, messageIndex, start, end)],
      },
    ];
  },
};
