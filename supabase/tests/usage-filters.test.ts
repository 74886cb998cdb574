import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { asGateway } from "./support/as-gateway.ts";
import { askUsage } from "./support/usage-answers.ts";
import { type UsedOrganization, usedOrganization } from "./support/used-organization.ts";

let db: TestDatabase;
let used: UsedOrganization;
beforeAll(async () => {
  db = await createTestDatabase();
  used = await usedOrganization(db);
  expect(await used.fold()).toBeGreaterThan(8);
});
afterAll(() => db.drop());

it("requests are found by what they are, in days that are added up and in others", async () => {
  for (const [, filter] of used.questions) {
    const found = await used.db.asUser(
      used.team.user,
      (tx) => tx`
        select request_id from nemo.prompt_log_entries(${used.team.organization}, max => 1000, template_id => ${filter.template_id ?? null},
          version => ${filter.version ?? null}, variant => ${filter.variant ?? null}, api_key_id => ${filter.api_key_id ?? null}, model => ${filter.model ?? null})`,
    );
    const logged = await used.db.sql`
      select l.request_id from nemo.prompt_logs l
      where l.organization_id = ${used.team.organization}
        and (${filter.template_id ?? null}::text is null or l.template_id = ${filter.template_id ?? null})
        and (${filter.version ?? null}::integer is null or l.version = ${filter.version ?? null})
        and (${filter.variant ?? null}::text is null or l.variant = ${filter.variant ?? null})
        and (${filter.api_key_id ?? null}::uuid is null or l.api_key_id = ${filter.api_key_id ?? null})
        and (${filter.model ?? null}::text is null or l.model = ${filter.model ?? null})
      order by l.created_at desc, l.request_id desc`;
    expect([...found], JSON.stringify(filter)).toEqual([...logged]);
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
