import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { asPerson, call, makeTemplate } from "./testing/recommendations-client.ts";
import { useQueue } from "./testing/use-queue.ts";

/* Who may have the whole queue worked, and what happens then. */
const stack = useStack();
useQueue(stack, "alone");
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
async function waiting(): Promise<() => Promise<string>> {
  const owner = await stack.signUp();
  const template_id = await makeTemplate(owner, "Please summarise the text.");
  const { id } = (await call(stack, "/request", { template_id }, asPerson(owner))).body;
  return async () =>
    (await owner.client.from("recommendation_jobs").select("state").eq("id", id).single()).data!.state;
}

test("the secret key works the whole queue", async () => {
  const states = [await waiting(), await waiting()];
  const ran = await call(stack, "/run", {}, { apikey: stack.secretKey });
  expect(ran.status).toBe(200);
  for (const state of states) expect(await state()).toBe("succeeded");
});

test("a schedule that does not wait is answered at once, and the queue is worked behind the answer", async () => {
  const state = await waiting();
  const ran = await call(stack, "/run", { wait: false }, { apikey: stack.secretKey });
  expect(ran).toMatchObject({ status: 202, body: { accepted: true } });
  await expect.poll(state).toBe("succeeded");
});

test("the schedule's ticket works the queue once; the second time it is refused", async () => {
  const state = await waiting();
  const ticket = await issued();
  expect((await run(ticket)).status).toBe(200);
  // The worker behind the answer before may have been quicker, and still be at it.
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
