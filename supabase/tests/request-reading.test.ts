import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTemplate, createTenant, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let templateId: string;
/** Of this one nothing is in the log. */
let countedId: string;
const key = "00000000-0000-4000-8000-000000000001";

beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
  templateId = await createTemplate(db, tenant);
  countedId = await createTemplate(db, tenant);
});
afterAll(() => db.drop());

const asViewer = <T>(query: string, values: unknown[] = []) =>
  db.asUser(tenant.people.viewer, (tx) => tx.unsafe(query, values as never[])) as unknown as Promise<T[]>;

interface LogRow {
  request_id: string;
  created_at: Date;
  variables: unknown;
}

async function log(facts: object = {}, at = new Date()): Promise<string> {
  const request_id = uuidv7();
  const row = {
    request_id,
    organization_id: tenant.organizationId,
    template_id: templateId,
    version: 1,
    model: "gpt-4o-mini",
    status: 200,
    latency_ms: 100,
    cost_nanousd: 1000,
    created_at: at,
    ...facts,
  };
  await db.sql`insert into nemo.prompt_logs ${db.sql(row)}`;
  // As recording does: what is logged is counted.
  await db.sql`
    insert into nemo.prompt_rollups (organization_id, hour, template_id, version, variant, api_key_id, model, requests, most_cost_nanousd, most_latency_ms)
    select organization_id, date_trunc('hour', created_at), template_id, version, variant, api_key_id, model, 1, cost_nanousd, latency_ms from nemo.prompt_logs
    where request_id = ${request_id}
    on conflict on constraint prompt_rollups_key do update set requests = prompt_rollups.requests + 1,
      most_cost_nanousd = greatest(prompt_rollups.most_cost_nanousd, excluded.most_cost_nanousd),
      most_latency_ms = greatest(prompt_rollups.most_latency_ms, excluded.most_latency_ms)`;
  return request_id;
}

const find = async (filter: string) =>
  (
    await asViewer<LogRow>(`select * from nemo.prompt_log_entries('${tenant.organizationId}', ${filter})`)
  ).map((row) => row.request_id);

it("each filter finds what it names and nothing else", async () => {
  const plain = await log();
  const slow = await log({ latency_ms: 5000 });
  const dear = await log({ cost_nanousd: 9_000_000 });
  const second = await log({ version: 2, variant: "B", api_key_id: key, model: "other" });
  const limited = await log({ status: 429, error_code: "rate_limit_exceeded", cost_nanousd: null });
  const broken = await log({ status: 502, error_code: "upstream_unreachable" });
  const gone = await log({ status: 499 });
  const named = await log({ client_request_id: "My-Request-7" });
  const old = await log({}, new Date(Date.now() - 3_600_000));
  expect(await find("min_latency_ms => 1000")).toEqual([slow]);
  expect(await find("min_cost_nanousd => 1000000")).toEqual([dear]);
  for (const filter of ["version => 2", "variant => 'B'", `api_key_id => '${key}'`, "model => 'other'"])
    expect(await find(filter)).toEqual([second]);
  expect(await find("outcome => 'error'")).toEqual([broken, limited]);
  expect(await find("outcome => '5xx'")).toEqual([broken]);
  expect(await find("outcome => '429'")).toEqual([limited]);
  expect(await find("outcome => 'ok'")).toEqual([named, second, dear, slow, plain, old]);
  expect(await find("outcome => '499'")).toEqual([gone]);
  expect(await find("since => now() - interval '10 minutes'")).not.toContain(old);
  expect(await find("until => now() - interval '10 minutes'")).toEqual([old]);
  expect(
    await find("since => now() - interval '50 minutes', until => now() - interval '10 minutes'"),
  ).toEqual([]);
  expect(await find("find => ' my-request-7 '")).toEqual([named]);
  expect(await find(`find => '${plain.toUpperCase()}'`)).toEqual([plain]);
  expect(await refusalCode(find("outcome => 'fine'"))).toBe("NM014");
});

it("pages follow each other without a gap or a repeat, also where many requests share a moment", async () => {
  const moment = new Date("2026-01-01T00:00:00Z");
  const ids = new Set<string>();
  for (let index = 0; index < 7; index++) ids.add(await log({ model: "same-moment" }, moment));
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 4; page++) {
    const rows = await asViewer<LogRow>(
      `select * from nemo.prompt_log_entries('${tenant.organizationId}', model => 'same-moment', max => 3 ${cursor})`,
    );
    seen.push(...rows.map((row) => row.request_id));
    const last = rows.at(-1);
    if (last)
      cursor = `, before => '${last.created_at.toISOString()}', before_request => '${last.request_id}'`;
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(ids);
});

async function roll(facts: object): Promise<void> {
  const row = {
    organization_id: tenant.organizationId,
    template_id: countedId,
    version: 1,
    model: "m",
    requests: 10,
    errors: 1,
    cost_nanousd: 100,
    prompt_tokens: 50,
    completion_tokens: 20,
    latency_histogram: db.sql.json({ "100": 9, "150": 1 }),
    ...facts,
  };
  await db.sql`insert into nemo.prompt_rollups ${db.sql(row as never)}`;
}

interface UsageRow {
  scope: string;
  at: Date | null;
  part: string | null;
  requests: string;
  latency_p95_ms: number | null;
}

const usage = (rest: string) =>
  asViewer<UsageRow>(
    `select * from nemo.usage_series('${tenant.organizationId}', now() - interval '3 days', ${rest}, template_id => '${countedId}')`,
  );

it("usage is summed by day and part, the five busiest by name and the rest together", async () => {
  const today = new Date(new Date().setUTCMinutes(0, 0, 0));
  for (let index = 1; index <= 7; index++)
    await roll({ hour: today, model: `model-${index}`, requests: index * 100 });
  await roll({ hour: new Date(today.getTime() - 86_400_000), model: "model-7", requests: 5 });
  const rows = await usage("'day', split_by => 'model'");
  const parts = rows.filter((row) => row.scope === "part");
  expect(parts.map(({ part, requests }) => [part, Number(requests)])).toEqual([
    ["model-7", 705],
    ["model-6", 600],
    ["model-5", 500],
    ["model-4", 400],
    ["model-3", 300],
    ["other", 300],
  ]);
  expect(rows.filter(({ scope, part }) => scope === "point" && part === "model-7")).toHaveLength(2);
  const whole = rows.find((row) => row.scope === "whole")!;
  expect(Number(whole.requests)).toBe(2805);
  // Bucket 150 holds the slowest tenth: (1.04^149, 1.04^150] ms, told within 2 %.
  expect(whole.latency_p95_ms! / 1.04 ** 150).toBeCloseTo(1, 1);
  expect((await usage("'hour', model => 'model-2'")).filter((row) => row.scope === "point")).toHaveLength(1);
  const choices = await asViewer<{ models: string[]; versions: number[] }>(
    `select * from nemo.usage_choices('${tenant.organizationId}', '${countedId}')`,
  );
  expect(choices[0]!.models).toContain("model-4");
  expect(choices[0]!.versions).toEqual([1]);
});

it("without a request there is no row, and what is no step, split or time is refused", async () => {
  expect(await usage("'day', model => 'never-used'")).toEqual([]);
  expect(await refusalCode(usage("'minute'"))).toBe("NM014");
  expect(await refusalCode(usage("'day', split_by => 'colour'"))).toBe("NM014");
  expect(
    await refusalCode(
      asViewer(`select * from nemo.usage_series('${tenant.organizationId}', '2001-01-01', 'day')`),
    ),
  ).toBe("NM015");
});
