import { nearestName } from "../template/text/nearest-name.ts";
import { type NameKind, type OtherName, otherName } from "./advice/other-names.ts";
import type { Place } from "./flow/walk-records.ts";
import { didYouMean } from "./known-names.ts";
import type { LintContext } from "./lint-context.ts";
import type { Finding, LintFix } from "./lint-result.ts";

/**
 * A name that nothing is called by, with a fix that puts there what another language's name is in Jinja2, or the
 * nearest known one.
 */
export function unknownName(
  context: LintContext,
  kind: NameKind,
  name: string,
  at: Place,
  known: readonly string[],
  otherwise: string,
): Finding {
  const other = otherName(kind, name);
  const instead = other ? (other.replaces ? other.instead : undefined) : nearestName(name, known);
  const fix = instead === undefined ? undefined : replaceName(context, name, at, instead);
  const what = kind === "function" ? "function or macro" : kind;
  return {
    message: `There is no ${what} \`${name}\`.`,
    remedy: other ? saidOf(other) : didYouMean(name, known, otherwise),
    at,
    ...(fix ? { fix } : {}),
  };
}

function saidOf({ instead, replaces }: OtherName): string {
  return replaces ? `Jinja2 calls it \`${instead}\`.` : instead;
}

/** Replaces a name where it stands, provided it really stands there (an operator's test does not). */
function replaceName(context: LintContext, name: string, at: Place, insert: string): LintFix | undefined {
  const message = context.messages[at.messageIndex];
  const from = message?.lines.offset(at) ?? 0;
  if (message?.content.slice(from, from + name.length) !== name) return undefined;
  return { label: `Change to ${insert}`, edits: [{ from, to: from + name.length, insert }] };
}
