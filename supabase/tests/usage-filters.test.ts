import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { asGateway } from "./support/as-gateway.ts";
import { askUsage } from "./support/usage-answers.ts";
import { type Filter, type UsedOrganization, usedOrganization } from "./support/used-organization.ts";

let db: TestDatabase;
let used: UsedOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  used = await usedOrganization(db);
  expect(await used.fold()).toBeGreaterThan(8);
});
afterAll(() => db.drop());

type Limits = { latency: number | null; cost: bigint | null };

/** What the list of requests answers, and what is in the log. */
async function foundAndLogged(filter: Filter, { latency, cost }: Limits = { latency: null, cost: null }) {
  const organization = used.team.organization;
  const least = cost === null ? null : String(cost);
  const {
    template_id: template = null,
    version = null,
    variant = null,
    api_key_id: key = null,
    model = null,
  } = filter;
  const found = await used.db.asUser(
    used.team.user,
    (tx) => tx`
      select request_id from nemo.prompt_log_entries(${organization}, max => 1000, min_latency_ms => ${latency}, min_cost_nanousd => ${least},
        template_id => ${template}, version => ${version}, variant => ${variant}, api_key_id => ${key}, model => ${model})`,
  );
  const logged = await used.db.sql`
    select l.request_id from nemo.prompt_logs l
    where l.organization_id = ${organization}
      and (${latency}::double precision is null or l.latency_ms >= ${latency})
      and (${least}::bigint is null or l.cost_nanousd >= ${least})
      and (${template}::text is null or l.template_id = ${template})
      and (${version}::integer is null or l.version = ${version})
      and (${variant}::text is null or l.variant = ${variant})
      and (${key}::uuid is null or l.api_key_id = ${key})
      and (${model}::text is null or l.model = ${model})
    order by l.created_at desc, l.request_id desc`;
  return [[...found], [...logged]] as const;
}

it("requests are found by what they are, in days that are added up and in others", async () => {
  for (const [, filter] of used.questions) {
    const [found, logged] = await foundAndLogged(filter);
    expect(found, JSON.stringify(filter)).toEqual(logged);
  }
});

it("requests that are slow or dear are all found, wherever they are and whatever else is asked of them", async () => {
  const [most] = await used.db.sql`
    select max(cost_nanousd)::text as cost, max(latency_ms) as latency from nemo.prompt_logs where organization_id = ${used.team.organization}`;
  let matches = 0;
  for (const [, filter] of used.questions) {
    const share = Math.random() ** 2;
    const limits: Limits[] = [
      { cost: BigInt(most!.cost), latency: null },
      { cost: null, latency: most!.latency },
      { cost: BigInt(Math.floor(Number(most!.cost) * share)), latency: null },
      { cost: null, latency: most!.latency * share },
      { cost: 1n, latency: most!.latency * share },
    ];
    for (const limit of limits) {
      const [found, logged] = await foundAndLogged(filter, limit);
      expect(found, `${JSON.stringify(filter)} ${limit.cost} ${limit.latency}`).toEqual(logged);
      matches += logged.length;
    }
  }
  expect(matches).toBeGreaterThan(100);
});

it("the slowest and dearest request of an hour is found, whether it came first or last", async () => {
  const small = { latency_ms: 10, prompt_tokens: 1 };
  const large = { latency_ms: 50_000, prompt_tokens: 400_000 };
  const msecs = Date.now();
  for (const [index, order] of [
    [small, large],
    [large, small],
  ].entries()) {
    const template_id = used.templates[index + 2]!;
    for (const facts of order)
      await asGateway(used.db, "gateway_record", uuidv7(), [
        {
          ...facts,
          request_id: uuidv7({ msecs }),
          key_hash: used.keys[0]!,
          template_id,
          version: 9,
          model: "gpt-4o",
          provider: "own",
          status: 200,
          completion_tokens: 0,
        },
      ]);
    const counted = await used.db
      .sql`select requests::int from nemo.prompt_rollups where template_id = ${template_id} and version = 9`;
    expect([...counted]).toEqual([{ requests: 2 }]);
    for (const limit of ["min_latency_ms => 50000", "min_cost_nanousd => 1000000000"]) {
      const found = await used.db.asUser(used.team.user, (tx) =>
        tx.unsafe(
          `select latency_ms from nemo.prompt_log_entries('${used.team.organization}', template_id => '${template_id}', version => 9, ${limit})`,
        ),
      );
      expect([...found]).toEqual([{ latency_ms: 50_000 }]);
    }
  }
});

it("feedback, deleting a template, another data policy and purging the log change nothing of what was used", async () => {
  const before = await Promise.all(used.questions.map(([split, filter]) => askUsage(used, split, filter)));
  const [log] = await used.db.sql`
    select request_id from nemo.prompt_logs where created_at < now() - interval '3 days' and status = 200 limit 1`;
  await asGateway(used.db, "gateway_feedback", used.keys[0]!, { request_id: log!.request_id, score: 0.5 });
  await used.team.call((tx) => tx`select * from nemo.delete_template(${used.templates[1]!})`);
  await used.db
    .sql`update nemo.organizations set log_retention_days = 5 where id = ${used.team.organization}`;
  await used.db.sql`select nemo_private.apply_log_retention()`;
  await used.team.call((tx) => tx`select * from nemo.set_data_policy(${used.team.organization}, 'none')`);
  await used.team.call((tx) => tx`select nemo.purge_logs(${used.team.organization})`);
  expect([...(await used.db.sql`select * from nemo.prompt_logs`)]).toEqual([]);
  expect(await Promise.all(used.questions.map(([split, filter]) => askUsage(used, split, filter)))).toEqual(
    before,
  );
  await used.fold();
  expect(await Promise.all(used.questions.map(([split, filter]) => askUsage(used, split, filter)))).toEqual(
    before,
  );
});

it("what can be filtered by is known of days that are added up and of today", async () => {
  const [choices] = await used.db.asUser(
    used.team.user,
    (tx) => tx`select * from nemo.usage_choices(${used.team.organization}, ${used.templates[0]!})`,
  );
  expect(choices).toEqual({
    models: ["gpt-4o", "gpt-4o-mini", "of-unknown-price"],
    variants: ["A", "B"],
    versions: [1, 2],
  });
  const [all] = await used.db.asUser(
    used.team.user,
    (tx) => tx`select * from nemo.usage_choices(${used.team.organization})`,
  );
  expect(all).toEqual({
    models: ["gpt-4o", "gpt-4o-mini", "of-unknown-price"],
    variants: ["A", "B"],
    versions: null,
  });
});

it("an organization that is deleted leaves none of it", async () => {
  await used.team.call((tx) => tx`select nemo.delete_organization(${used.team.organization})`);
  const rows = await used.db.sql`
    select organization_id from nemo_private.daily_usage union all select organization_id from nemo_private.usage_folded
    union all select organization_id from nemo_private.stale_usage where organization_id = ${used.team.organization}`;
  expect([...rows].filter((row) => row.organization_id === used.team.organization)).toEqual([]);
});
