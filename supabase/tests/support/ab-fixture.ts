import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import type { TestDatabase } from "../../../tests/support/database.ts";

/** A person with an organization and a template whose versions are linted; version 1 is active. */
export type AbFixture = {
  readonly user: string;
  readonly organization: string;
  readonly template: string;
  /** Runs one statement of the person's, as a request of its own. */
  call<T = Record<string, unknown>>(work: (tx: TransactionSql) => Promise<unknown>): Promise<T>;
};

/** Sets up a template with this many versions, all of them linted without errors. */
export async function abFixture(database: TestDatabase, versions = 3): Promise<AbFixture> {
  const user = await database.createUser(`member-${randomUUID()}@tests.nemo.test`);
  const call = async <T>(work: (tx: TransactionSql) => Promise<unknown>): Promise<T> =>
    ((await database.asUser(user, work)) as T[])[0]!;
  const organization = (
    await call<{ id: string }>((tx) => tx`select id from nemo.create_organization('Tests')`)
  ).id;
  const name = `prompt-${randomUUID().slice(0, 8)}`;
  const template = (
    await call<{ id: string }>((tx) => tx`select id from nemo.create_template(${organization}, ${name})`)
  ).id;
  for (let version = 1; version <= versions; version++) {
    const messages = [{ role: "system", content: `Version ${version}.` }];
    await call((tx) => tx`select * from nemo.save_version(${template}, ${tx.json(messages)})`);
    await lint(database, template, version, 0);
  }
  await call((tx) => tx`select * from nemo.activate_version(${template}, 1)`);
  return { user, organization, template, call };
}

/** Stores what the server's linter says about a version. */
export async function lint(
  database: TestDatabase,
  template: string,
  version: number,
  errors: number,
): Promise<void> {
  await database.asServiceRole(
    (tx) => tx`
      select nemo.record_lint_report(v.template_id, v.version, v.content_hash, ${errors})
      from nemo.prompt_versions v where v.template_id = ${template} and v.version = ${version}`,
  );
}

/** Drafts a test of versions 1, 2, … with these weights and answers its id. */
export async function draft(
  fixture: AbFixture,
  weights: readonly number[],
  more: DraftOptions = {},
): Promise<string> {
  const variants = weights.map((weight, i) => ({ version: i + 1, weight }));
  const { id } = await fixture.call<{ id: string }>(
    (tx) => tx`
      select id from nemo.create_ab_test(
        ${fixture.template}, 'a test', ${tx.json(variants)},
        assign_by => ${more.assignBy ?? "request"},
        primary_metric => ${more.metric ?? "quality"},
        guardrails => ${more.guardrails === undefined ? null : tx.json(more.guardrails as never)})`,
  );
  return id;
}

type DraftOptions = {
  readonly assignBy?: string;
  readonly metric?: string;
  readonly guardrails?: readonly object[];
};

/** Drafts a test and starts it. */
export async function running(
  fixture: AbFixture,
  weights: readonly number[],
  more: DraftOptions = {},
): Promise<string> {
  const test = await draft(fixture, weights, more);
  await fixture.call((tx) => tx`select * from nemo.start_ab_test(${test})`);
  return test;
}

/** What one variant has measured, as the gateway's record would add it up. */
export type Measured = {
  readonly requests: number;
  readonly errors?: number;
  /** Sum and sum of squares. */
  readonly cost?: readonly [number, number];
  readonly latency?: readonly [number, number];
  readonly quality?: readonly [count: number, sum: number, squares: number];
  readonly tokens?: readonly [prompt: number, completion: number, squares: number];
  /** Latency bucket to count. */
  readonly histogram?: Readonly<Record<string, number>>;
  readonly unpriced?: number;
  readonly phase?: number;
  readonly hour?: string;
};

/** Adds a row to the rollups of a test, which is what recording a batch of requests does. */
export async function measure(
  database: TestDatabase,
  test: string,
  letter: string,
  m: Measured,
): Promise<void> {
  const [quality, squares] = [m.quality ?? [0, 0, 0], m.latency ?? [0, 0]];
  await database.sql`
    insert into nemo.prompt_rollups as r (organization_id, hour, template_id, version, variant, test_id, test_phase,
      requests, errors, cost_nanousd, cost_squared, unpriced, prompt_tokens, completion_tokens, tokens_squared,
      latency_count, latency_ms_sum, latency_ms_squared, latency_histogram, quality_count, quality_sum, quality_squared)
    select t.organization_id, ${m.hour ?? "2026-11-23T10:00Z"}, t.template_id, v.version, v.letter, t.id, v.phase,
      ${m.requests}, ${m.errors ?? 0}, ${m.cost?.[0] ?? 0}, ${m.cost?.[1] ?? 0}, ${m.unpriced ?? 0},
      ${m.tokens?.[0] ?? 0}, ${m.tokens?.[1] ?? 0}, ${m.tokens?.[2] ?? 0},
      ${m.latency ? m.requests - (m.errors ?? 0) : 0}, ${squares[0]}, ${squares[1]}, ${database.sql.json(m.histogram ?? {})},
      ${quality[0]}, ${quality[1]}, ${quality[2]}
    from nemo.ab_tests t join nemo.ab_variants v on v.test_id = t.id
    where t.id = ${test} and v.letter = ${letter} and v.phase = ${m.phase ?? 1}
    on conflict on constraint prompt_rollups_key do update
      set requests = r.requests + excluded.requests, errors = r.errors + excluded.errors`;
}
