import type { QueryClient } from "@tanstack/react-query";
import { toAppError, unwrap } from "../../lib/errors.ts";
import { supabase } from "../../lib/supabase.ts";
import type { Payload } from "./effects.ts";

export type MissedEvent = {
  event: string;
  payload: Payload;
  /** When it was last sent. */
  at: string;
};

/** Beyond this it is quicker to read everything again than to ask what changed. */
const LONGEST_GAP_MS = 15 * 60_000;
const MOST_EVENTS = 500;
/** An event bears the time its transaction began, and is heard when that ends. */
const LONGEST_TRANSACTION_MS = 2_000;
/** A query that was answered at some moment was asked for at most so much sooner. */
const LONGEST_READ_MS = 10_000;

/** What was broadcast since that moment; null when that is too much to tell, or nobody could be asked. */
export async function missedEvents(
  queryClient: QueryClient,
  organizationId: string,
  since: number,
): Promise<MissedEvent[] | null> {
  // A span and not a moment: the clock here may be wrong.
  const gap = Date.now() - since + LONGEST_TRANSACTION_MS;
  if (gap > LONGEST_GAP_MS) return null;
  const args = { organization_id: organizationId, seconds: Math.ceil(gap / 1000) };
  try {
    const missed = await queryClient.fetchQuery({
      queryKey: ["missed-events", organizationId],
      queryFn: async () => unwrap(await supabase().rpc("missed_events", args)) as MissedEvent[],
      staleTime: 0,
      gcTime: 0,
      retry: (failures, reason) => toAppError(reason).transient && failures < 3,
    });
    return missed.length > MOST_EVENTS ? null : missed;
  } catch {
    return null;
  }
}

/** When the first of what is known of the organization may have been read; until then nothing can have been missed. */
export function firstRead(queryClient: QueryClient, queryKey: readonly string[]): number {
  const read = queryClient
    .getQueryCache()
    .findAll({ queryKey, predicate: ({ state }) => state.data !== undefined })
    .map(({ state }) => state.dataUpdatedAt - LONGEST_READ_MS);
  return Math.max(performance.timeOrigin, Math.min(Date.now(), ...read));
}
