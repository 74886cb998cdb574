import { nearestName } from "../template/text/nearest-name.ts";
import type { Place } from "./flow/walker.ts";
import { didYouMean } from "./known-names.ts";
import type { LintContext } from "./lint-context.ts";
import type { Finding, LintFix } from "./lint-result.ts";

/** A name that nothing is called by, with a fix that puts the nearest known one there. */
export function unknownName(
  context: LintContext,
  what: string,
  name: string,
  at: Place,
  known: readonly string[],
  otherwise: string,
): Finding {
  const nearest = nearestName(name, known);
  const fix = nearest === undefined ? undefined : replaceName(context, name, at, nearest);
  return {
    message: `There is no ${what} \`${name}\`.`,
    remedy: didYouMean(name, known, otherwise),
    at,
    ...(fix ? { fix } : {}),
  };
}

/** Replaces a name where it stands, provided it really stands there (an operator's test does not). */
function replaceName(context: LintContext, name: string, at: Place, insert: string): LintFix | undefined {
  const message = context.messages[at.messageIndex];
  const from = message?.lines.offset(at) ?? 0;
  if (message?.content.slice(from, from + name.length) !== name) return undefined;
  return { label: `Change to ${insert}`, edits: [{ from, to: from + name.length, insert }] };
}
