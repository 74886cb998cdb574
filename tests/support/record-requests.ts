import { randomUUID } from "node:crypto";
import type { Team } from "../../supabase/functions/gateway/testing/team.ts";

/** What is told of a request that was served; the rest is usual. */
export type Served = {
  variant: string | null;
  version: number;
  status?: number;
  latency_ms?: number;
  /** Who asked, as `nemo_prompt_subject` names them. */
  subject?: string;
  /** How long ago it arrived. */
  secondsAgo?: number;
};

/**
 * Writes down requests as the gateway does, in the one call it makes, without making them: thousands in a moment,
 * served as somebody says and not as the test meant; null for requests of no test. Answers their ids.
 */
export async function recordRequests(
  team: Team,
  testId: string | null,
  served: readonly Served[],
): Promise<string[]> {
  const [{ key_hash } = { key_hash: "" }] = await team.sql<{ key_hash: string }[]>`
    select h.key_hash from nemo_private.api_key_hashes h join nemo.api_keys k on k.id = h.api_key_id
    where k.organization_id = ${team.person.organizationId} limit 1`;
  const items = served.map(({ secondsAgo = 0, ...one }) => ({
    request_id: uuid7(Date.now() - secondsAgo * 1000),
    key_hash,
    template_id: team.templateId,
    test_id: testId,
    test_phase: testId === null ? null : 1,
    model: "fake-gpt",
    provider: "platform",
    status: 200,
    latency_ms: 12,
    prompt_tokens: 10,
    completion_tokens: 5,
    ...one,
  }));
  await team.sql`select nemo_private.gateway_record(gen_random_uuid(), ${team.sql.json(items)})`;
  return items.map(({ request_id }) => request_id);
}

/** A UUIDv7 of that moment: the log reads a request's time from its id. */
function uuid7(milliseconds: number): string {
  const time = milliseconds.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
