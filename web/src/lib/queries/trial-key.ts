import { unwrap } from "../errors.ts";
import { supabase } from "../supabase.ts";

type TrialKey = { id: string; key: string; expires_at: string };

/** Kept in memory alone: closing the tab forgets it, and after an hour it opens nothing. */
const made = new Map<string, Promise<TrialKey>>();
const SOON = 5 * 60_000;

/**
 * A key with which this person's browser asks the gateway for this template, in a playground or a replay. The same
 * one until shortly before it expires.
 */
export async function trialKey(templateId: string): Promise<string> {
  const known = await made.get(templateId)?.catch(() => undefined);
  if (known && Date.parse(known.expires_at) - Date.now() > SOON) return known.key;
  const next = (async () =>
    unwrap(await supabase().rpc("create_trial_key", { template_id: templateId })) as unknown as TrialKey)();
  made.set(templateId, next);
  return (await next).key;
}
