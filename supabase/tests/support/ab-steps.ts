import { expect } from "vitest";
import type { TestDatabase } from "../../../tests/support/database.ts";
import type { AbFixture } from "./ab-fixture.ts";

export type Step = "start_ab_test" | "pause_ab_test" | "complete_ab_test";

/** Takes one step of a test as the person of the fixture. */
export const step = (f: AbFixture, name: Step, id: string) =>
  f.call<{ state: string }>((tx) => tx`select * from ${tx(`nemo.${name}`)}(${id})`);

/** A refusal with this code. */
export const code = (value: string) => expect.objectContaining({ code: value });

export const stateOf = async ({ sql }: TestDatabase, id: string) =>
  (await sql<{ state: string; phase: number }[]>`select state, phase from nemo.ab_tests where id = ${id}`)[0];

export const variantsOf = ({ sql }: TestDatabase, id: string, phase = 1) =>
  sql`select letter, version, weight from nemo.ab_variants where test_id = ${id} and phase = ${phase} order by letter`;

/** "test.started user", in order, of whatever has this id. */
export const auditOf = async ({ sql }: TestDatabase, id: string) =>
  (
    await sql<{ action: string; actor_kind: string }[]>`
      select action, actor_kind from nemo.audit_log where target_id = ${id} order by sequence`
  ).map((row) => `${row.action} ${row.actor_kind}`);

/** The fixture's calls made as somebody else. */
export function asPerson(database: TestDatabase, fixture: AbFixture, user: string): AbFixture {
  const call: AbFixture["call"] = async <T>(work: Parameters<AbFixture["call"]>[0]) =>
    ((await database.asUser(user, work)) as T[])[0]!;
  return { ...fixture, call };
}

/** Everything there is about a template: what a refused call must leave as it was. */
export async function everythingOf({ sql }: TestDatabase, f: AbFixture): Promise<unknown> {
  const [row] = await sql`
    select (select to_jsonb(t) from nemo.prompt_templates t where t.id = ${f.template}) as template,
      (select jsonb_agg(to_jsonb(t) order by t.id) from nemo.ab_tests t where t.template_id = ${f.template}) as tests,
      (select jsonb_agg(to_jsonb(v) order by v.test_id, v.phase, v.letter) from nemo.ab_variants v where v.template_id = ${f.template}) as variants,
      (select jsonb_agg(a.hash order by a.sequence) from nemo.audit_log a where a.organization_id = ${f.organization}) as audit,
      (select count(*) from realtime.messages m where m.topic = ${`org:${f.organization}`}) as told`;
  return row;
}
