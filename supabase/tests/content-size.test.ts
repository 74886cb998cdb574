/** What only servers write has bounds too: a fault of theirs does not fill the database, and costs nobody a charge. */
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { refusalCode } from "./support/tenants.ts";

let db: TestDatabase;
let t: FullTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  t = await createFullTenant(db);
  await db.asUser(t.people.owner, (tx) => tx`select set_data_policy(${t.organizationId}, 'full')`);
});
afterAll(() => db.drop());

const list = (bytes: number) => `jsonb_build_array(repeat('x', ${bytes}))`;
const object = (bytes: number) => `jsonb_build_object('x', repeat('x', ${bytes}))`;

it.each([
  ["evidence", list, 1_048_576],
  ["predicted_effect", object, 262_144],
  ["realised_effect", object, 262_144],
  ["proposed_messages", list, 131_072],
  ["proposed_config", object, 131_072],
  ["proposed_contract", object, 131_072],
  ["diff", object, 4_194_304],
])("a recommendation's %s is refused past its bound", async (column, value, most) => {
  const write = (bytes: number) =>
    // A copy, as a recommendation is never changed.
    db.sql.unsafe(`
      insert into nemo.prompt_recommendations select copy.* from nemo.prompt_recommendations r, jsonb_populate_record(r,
        jsonb_build_object('id', gen_random_uuid(), 'fingerprint', encode(sha256(gen_random_uuid()::text::bytea), 'hex'),
          '${column}', ${value(bytes)})) copy
      where r.id = '${t.recommendationId}'`);
  await write(most - 100);
  expect(await refusalCode(write(most))).toBe("23514");
});

it("a lint report's findings are refused past a megabyte", async () => {
  const write = (bytes: number) =>
    db.asServiceRole((tx) =>
      tx.unsafe(`select nemo.record_lint_report(v.template_id, v.version, v.content_hash, 0, 0, ${list(bytes)})
                 from nemo.prompt_versions v where v.template_id = '${t.templateId}' and v.version = 1`),
    );
  await write(1_048_476);
  expect(await refusalCode(write(1_048_576))).toBe("23514");
});

it.each([
  ["variables", (bytes: number) => `to_json(repeat('x', ${bytes}))`, 8_388_608],
  ["rendered_messages", list, 8_388_608],
  ["client_messages", list, 8_388_608],
  ["response", object, 8_388_608],
  ["attempts", list, 65_536],
])("a logged request's %s are refused past their bound", async (column, value, most) => {
  const write = (bytes: number) =>
    db.sql.unsafe(`insert into nemo.prompt_logs (request_id, organization_id, status, created_at, ${column})
                   values (gen_random_uuid(), '${t.organizationId}', 200, now(), ${value(bytes)})`);
  await write(most - 100);
  expect(await refusalCode(write(most))).toBe("23514");
});

it("a request of a gateway that died is logged without what is too large to keep", async () => {
  const id = uuidv7();
  await db.sql.unsafe(`
    insert into nemo_private.in_flight (request_id, organization_id, api_key_id, key_hash, reserved_nanousd, prompt_tokens, lease_until, progress)
    select '${id}', '${t.organizationId}', h.api_key_id, h.key_hash, 0, 7, now() - interval '1 second',
      jsonb_build_object('variables', '{}', 'client_messages', ${list(9_000_000)})
    from nemo_private.api_key_hashes h where h.api_key_id = '${t.apiKeyId}'`);
  await db.sql`select nemo_private.settle_lost_requests()`;
  const logged = await db.sql`
    select error_code, prompt_tokens, variables, client_messages from nemo.prompt_logs where request_id = ${id}`;
  expect(logged).toEqual([
    { error_code: "gateway_interrupted", prompt_tokens: 7, variables: {}, client_messages: null },
  ]);
});

/** Columns without a bound of their own, and why they need none. */
const BOUNDED_OTHERWISE = {
  "nemo.ab_tests.guardrails": "read_guardrails takes ten at most (NM206)",
  "nemo.ab_variants.stopped_for": "made by the database from one guardrail",
  "nemo.audit_log.after": "made by the database from what was checked on its way in",
  "nemo.audit_log.before": "made by the database from what was checked on its way in",
  "nemo.prompt_examples.variables": "save_example_set takes 256 KiB at most (NM208)",
  "nemo.prompt_rollups.latency_histogram": "made by the database, with a bucket for each two per cent",
  "nemo.prompt_rollups.ttft_histogram": "made by the database, with a bucket for each two per cent",
  "nemo.prompt_versions.config": "save_version takes 64 KiB at most (NM011)",
  "nemo.prompt_versions.contract": "save_version takes 64 KiB at most (NM011)",
  "nemo.prompt_versions.diff": "made by the database from two versions",
  "nemo.prompt_versions.messages": "save_version takes 64 KiB at most (NM011)",
  "nemo.prompt_versions.pins": "check_pins: what is included has 256 KiB at most (NM011)",
  "nemo.recommendation_jobs.example_inputs": "request_recommendations takes 64 KiB at most (NM019)",
  "nemo_private.in_flight.progress":
    "refusing it would end the lease of a request that is served; it goes with the request",
};

it("every JSON column has a bound, or a reason to have none", async () => {
  const unbounded = await db.sql`
    select c.oid::regclass || '.' || a.attname as name
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace::regnamespace::text in ('nemo', 'nemo_private') and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.atttypid in ('json'::regtype, 'jsonb'::regtype)
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any (k.conkey)
                        and pg_get_constraintdef(k.oid) like '%pg_column_size(' || a.attname || ')%')
    order by 1`;
  expect(unbounded.map((row) => row.name)).toEqual(Object.keys(BOUNDED_OTHERWISE).sort());
});
