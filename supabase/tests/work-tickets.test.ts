import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const WORK = "recommendations/run";

const issued = async (): Promise<string> =>
  (await db.sql`select nemo_private.issue_ticket(${WORK}) as ticket`)[0]!.ticket;

const redeemed = async (ticket: string | null, work: string | null = WORK): Promise<boolean> =>
  (await db.asServiceRole((tx) => tx`select redeem_ticket(${ticket}, ${work}) as good`))[0]!.good;

const left = async () => (await db.sql`select * from nemo_private.work_tickets`) as Record<string, unknown>[];

it("a ticket starts its work once", async () => {
  const ticket = await issued();
  expect([await redeemed(ticket), await redeemed(ticket)]).toEqual([true, false]);
  expect(await left()).toEqual([]);
});

it("of many that come with one ticket at the same moment, one may begin", async () => {
  const ticket = await issued();
  const answers = await Promise.all(Array.from({ length: 8 }, () => redeemed(ticket)));
  expect(answers.filter(Boolean)).toHaveLength(1);
});

it("another work, a changed, an empty and an invented ticket start nothing, and use up no ticket", async () => {
  const ticket = await issued();
  const [{ ticket_hash } = { ticket_hash: "" }] = await left();
  const forged: [string | null, string | null][] = [
    [ticket, "recommendations/estimate"],
    [ticket, null],
    [null, WORK],
    ["", WORK],
    [`${ticket}x`, WORK],
    [ticket.toUpperCase(), WORK],
    [ticket_hash as string, WORK],
  ];
  for (const [text, work] of forged)
    expect([text, work, await redeemed(text, work)]).toEqual([text, work, false]);
  expect(await redeemed(ticket)).toBe(true);
});

it("after its five minutes a ticket starts nothing, and the next one issued removes it", async () => {
  const ticket = await issued();
  const [fresh] = await db.sql`select expires_at - now() as left from nemo_private.work_tickets`;
  expect(fresh!.left).toMatch(/^00:0[45]:/);
  await db.sql`update nemo_private.work_tickets set expires_at = now()`;
  expect(await redeemed(ticket)).toBe(false);
  const unused = await issued();
  await db.sql`update nemo_private.work_tickets set expires_at = now() - interval '1 second'`;
  await issued();
  expect(await left()).toHaveLength(1);
  expect(await redeemed(unused)).toBe(false);
});

it("what is stored does not tell the ticket, and no ticket is like another", async () => {
  const tickets = await Promise.all(Array.from({ length: 20 }, issued));
  expect(new Set(tickets).size).toBe(20);
  expect(tickets.every((ticket) => /^nemo_ticket_[A-Za-z0-9_-]{43}$/.test(ticket))).toBe(true);
  const stored = JSON.stringify(await left());
  for (const ticket of tickets) expect(stored).not.toContain(ticket.slice("nemo_ticket_".length));
});

it("only the server redeems, only the database issues, and only for a work there is", async () => {
  for (const role of ["anon", "authenticated", "service_role"])
    await expect(
      db.asRole(role, { role }, (tx) => tx`select nemo_private.issue_ticket(${WORK})`),
    ).rejects.toMatchObject({ code: "42501" });
  for (const role of ["anon", "authenticated"])
    await expect(
      db.asRole(role, { role }, (tx) => tx`select nemo.redeem_ticket('x', ${WORK})`),
    ).rejects.toMatchObject({ code: "42501" });
  await expect(db.sql`select nemo_private.issue_ticket('other')`).rejects.toMatchObject({ code: "23514" });
});
