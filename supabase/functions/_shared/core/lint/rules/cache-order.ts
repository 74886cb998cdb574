import { cacheableShare } from "../cacheable-share.ts";
import type { LintRule } from "../lint-context.ts";
import { isSetting } from "../outside-text.ts";

/** Fixed text behind a varying value from which moving it is worth the trouble, in tokens. */
const WORTH_CACHING = 200;

/** Providers keep nothing shorter, in tokens; less is only worth it while a conversation grows. */
const LEAST_CACHED = 1024;

/** A value that varies stands before long fixed text. Docs: docs/lint-rules/cache-order.md */
export const cacheOrder: LintRule = {
  level: "warning",
  *check(context) {
    const { firstVarying, percent, cacheableTokens, fixedTokens } = cacheableShare(context);
    if (!firstVarying || fixedTokens - cacheableTokens < WORTH_CACHING) return;
    const { name, ...at } = firstVarying;
    // A role or a language is the same for a whole conversation, so that only what is kept between callers is lost.
    if (isSetting(name) && fixedTokens < LEAST_CACHED) return;
    yield {
      message:
        `\`${name}\` varies from request to request and stands before ${fixedTokens - cacheableTokens} tokens of fixed ` +
        `text: only ${percent} % of the fixed text (${cacheableTokens} of ${fixedTokens} tokens) can be cached.`,
      remedy: "Move what varies behind the fixed text, best into the last message.",
      at,
    };
  },
};
