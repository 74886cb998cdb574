import { applyPatch, structuredPatch } from "diff";
import type { PromptMessage } from "../_shared/core/prompt/types.ts";
import { findBreaches } from "../_shared/core/recommend/preserves-template.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { invalidRequest } from "../_shared/server/functions/function-error.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { measuresOf } from "./measures.ts";
import { predictEffect } from "./predict.ts";
import { notFound, rebaseConflict } from "./recommendations-error.ts";
import type { Store } from "./store.ts";

/**
 * Carries a recommendation over to the newest version: what it changed in its own version is changed there, when the
 * lines around it are still the same and the template stays what it is. Answers the new recommendation.
 */
export async function rebase(id: string, caller: Caller, store: Store): Promise<unknown> {
  const recommendation = await store.readRecommendation(id, caller);
  if (!recommendation) throw notFound("recommendation");
  if (!recommendation.proposed_messages)
    throw invalidRequest("This recommendation is advice without a rewrite; ask for new ones.");
  const { template_id, source_version, kind } = recommendation;
  const [source, latest] = await Promise.all([
    store.readVersion(template_id, source_version, caller),
    store.readVersion(template_id, null, caller),
  ]);
  if (!source || !latest) throw notFound("version");
  const messages = carryOver(source.messages, recommendation.proposed_messages, latest.messages);
  if (!messages || findBreaches(latest, messages).length > 0) throw rebaseConflict(latest.version);
  const measures = await measuresOf(latest, store, caller);
  return await store.as(caller)("rebase_recommendation", {
    recommendation_id: id,
    version: latest.version,
    fingerprint: await fingerprintOf([kind, messages]),
    proposed_messages: messages,
    predicted_effect: predictEffect(latest, messages, measures),
  });
}

/** A patch from `before` to `after`, applied to `onto`, message by message; null where it does not fit. */
function carryOver(
  before: readonly PromptMessage[],
  after: readonly PromptMessage[],
  onto: readonly PromptMessage[],
): PromptMessage[] | null {
  if (before.length !== after.length || before.length !== onto.length) return null;
  const carried: PromptMessage[] = [];
  for (const [index, message] of onto.entries()) {
    const [old, now] = [before[index]?.content ?? "", after[index]?.content ?? ""];
    const patch = structuredPatch("", "", old, now, "", "", { context: 1 });
    const content = old === now ? message.content : applyPatch(message.content, patch);
    if (content === false || before[index]?.role !== message.role) return null;
    carried.push({ ...message, content });
  }
  return carried;
}
