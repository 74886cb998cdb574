/**
 * Random people of three organizations ask REST and listen on Realtime at the same time, with supabase-js, their
 * own sessions and each other's ids. Nothing they read, embed, count or hear holds a trace of another organization.
 */

import { afterAll, beforeAll, expect, it } from "vitest";
import { READERS } from "../supabase/tests/support/allowed.ts";
import type { FullTenant } from "../supabase/tests/support/full-tenant.ts";
import { ROLES } from "../supabase/tests/support/tenants.ts";
import { leakedInto, tracesOf } from "../supabase/tests/support/traces.ts";
import { fc } from "./support/fast-check.ts";
import { type Client, useStack } from "./support/stack.ts";
import { type TenantsOverRest, tenantsOverRest } from "./support/tenants-over-rest.ts";

const stack = useStack();
let over: TenantsOverRest;
let tenants: FullTenant[];
let traces: Map<FullTenant, string[]>;
/** Tables, each with those a select can embed in it. */
let embeddable: [table: string, other: string][];

beforeAll(async () => {
  over = tenantsOverRest(stack);
  tenants = [await over.createTenant(), await over.createTenant(), await over.createTenant()];
  traces = new Map();
  for (const tenant of tenants) traces.set(tenant, await tracesOf(over.database, tenant));
  const keys = await over.database.sql`
    select distinct c.relname as one, r.relname as other
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'nemo'::regnamespace and r.relnamespace = 'nemo'::regnamespace and c.oid <> r.oid`;
  embeddable = keys.flatMap(({ one, other }): [string, string][] => [
    [one, other],
    [other, one],
  ]);
});
afterAll(() => over.end());

const index = fc.integer({ min: 0, max: 2 });
const step = fc.record({
  who: index,
  role: fc.constantFrom(...ROLES),
  about: index,
  pair: fc.nat(),
  kind: fc.constantFrom("all", "filtered", "embedded", "inner", "counted", "changed"),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const keyOf = (table: string) => (table === "organizations" ? "id" : "organization_id");

/** One request of somebody about a tenant: what was asked, and all of the answer. */
async function ask(client: Client, one: Step): Promise<{ question: string; answer: string; count: number }> {
  const [table, other] = embeddable[one.pair % embeddable.length]!;
  const theirs = tenants[one.about]!.organizationId;
  const from = client.from(table);
  const request = {
    all: () => from.select("*"),
    filtered: () => from.select("*").eq(keyOf(table), theirs),
    embedded: () => from.select(`*, ${other}(*)`).limit(20),
    inner: () => from.select(`*, ${other}!inner(*)`).eq(`${other}.${keyOf(other)}`, theirs),
    counted: () => from.select("*", { count: "exact", head: true }).eq(keyOf(table), theirs),
    changed: () => client.rpc("update_organization", { organization_id: theirs, name: "Renamed" }),
  }[one.kind];
  const { data, error, count } = await request();
  return { question: theirs, answer: JSON.stringify({ data, error }), count: count ?? 0 };
}

/** Joins a topic and keeps what is heard; says whether the server let them in. */
async function listen(client: Client, topic: string, heard: string[]): Promise<boolean> {
  return await new Promise((resolve) => {
    client
      .channel(topic, { config: { private: true } })
      .on("broadcast", { event: "*" }, (message) => heard.push(JSON.stringify(message)))
      .subscribe((status) => {
        if (status !== "CLOSED") resolve(status === "SUBSCRIBED");
      });
  });
}

it("no row, embedded row, count, refusal or broadcast of hundreds is another organization's", async () => {
  const heard = new Map<FullTenant, string[]>();
  for (const [place, tenant] of tenants.entries()) {
    const words: string[] = [];
    heard.set(tenant, words);
    const client = over.clientOf(tenant.people.viewer);
    const next = tenants[(place + 1) % 3]!;
    expect(await listen(client, `org:${tenant.organizationId}`, words)).toBe(true);
    expect(await listen(client, `org:${next.organizationId}`, words)).toBe(false);
    expect(await listen(client, "org:*", words)).toBe(false);
  }

  let withRows = 0;
  const steps = fc.sample(step, 240);
  const worker = async () => {
    for (let one = steps.pop(); one; one = steps.pop()) {
      const asker = tenants[one.who]!;
      const { question, answer, count } = await ask(over.clientOf(asker.people[one.role]), one);
      if (answer.includes("organization_id")) withRows += 1;
      if (count > 0) expect(one.about).toBe(one.who);
      for (const [tenant, words] of traces) {
        const leaked = tenant === asker ? [] : leakedInto(answer, question, words);
        expect({ leaked, one, answer: leaked.length > 0 ? answer : "" }).toMatchObject({ leaked: [] });
      }
    }
  };
  await Promise.all([1, 2, 3, 4].map(worker));
  // It would also pass if nobody could see or hear anything at all.
  expect(withRows).toBeGreaterThan(30);

  for (const tenant of tenants) {
    const { error } = await over
      .clientOf(tenant.people.owner)
      .rpc("update_organization", { organization_id: tenant.organizationId, name: "Once more" });
    expect(error).toBeNull();
    await expect.poll(() => heard.get(tenant)!.length).toBeGreaterThan(0);
    for (const [other, words] of traces)
      if (other !== tenant) expect(leakedInto(heard.get(tenant)!.join(), "", words)).toEqual([]);
  }
  for (const tenant of tenants)
    for (const person of Object.values(tenant.people)) await over.clientOf(person).removeAllChannels();
});

it("every table is among those that were asked", () => {
  const asked = new Set(embeddable.flat());
  // These stand alone: no other table points at them, and they point at none.
  const alone = ["credit_ledger", "prompt_logs", "prompt_rollups", "recommendation_lift"];
  expect(Object.keys(READERS).filter((table) => !asked.has(table))).toEqual(alone);
});
