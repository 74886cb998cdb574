import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { asPerson, call, makeTemplate } from "./testing/recommendations-client.ts";

const stack = useStack();
let sql: postgres.Sql;
beforeAll(() => {
  sql = postgres(stack.dbUrl, { max: 1 });
});
afterAll(() => sql.end());

const issued = async (): Promise<string> =>
  (await sql`select nemo_private.issue_ticket('recommendations/run') as ticket`)[0]!.ticket;

const run = (ticket: string, headers: Record<string, string> = {}) =>
  call(stack, "/run", {}, { "x-nemo-ticket": ticket, ...headers });

/** A job of the rules that waits for its turn, and what has become of it. */
async function waiting(owner: Person): Promise<() => Promise<string>> {
  const template_id = await makeTemplate(owner, "Please summarise the text.");
  const { id } = (await call(stack, "/request", { template_id }, asPerson(owner))).body;
  return async () =>
    (await owner.client.from("recommendation_jobs").select("state").eq("id", id).single()).data!.state;
}

test("the schedule's ticket works the queue once; the second time it is refused", async () => {
  const owner = await stack.signUp();
  const state = await waiting(owner);
  const ticket = await issued();
  expect((await run(ticket)).status).toBe(200);
  // Another worker of this stack may have been quicker, and still be at it.
  await expect.poll(state).toBe("succeeded");
  const again = await run(ticket);
  expect([again.status, again.body.error.code]).toEqual([401, "ticket_refused"]);
});

test("a forged, an expired and a mangled ticket start nothing, whatever comes with them", async () => {
  const expired = await issued();
  await sql`update nemo_private.work_tickets set expires_at = now() - interval '1 second'`;
  const forged = `nemo_ticket_${"A".repeat(43)}`;
  const owner = await stack.signUp();
  for (const ticket of [forged, expired, `${await issued()}x`, "nemo_ticket_", "", stack.secretKey])
    for (const headers of [{}, asPerson(owner), { apikey: stack.publishableKey }] as Record<
      string,
      string
    >[]) {
      const answer = await run(ticket, headers);
      expect([answer.status, answer.body.error.code]).toEqual([401, "ticket_refused"]);
    }
});
