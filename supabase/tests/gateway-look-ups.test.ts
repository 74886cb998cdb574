/** One look-up answers many requests: of several keys, for templates named in every way. */
import { createHash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { asGateway } from "./support/as-gateway.ts";
import { activeTemplate, createTenant, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

async function createKey(tenant: Tenant, name = "A key") {
  const [row] = await db.asUser(
    tenant.people.admin,
    (tx) => tx`select * from create_api_key(${tenant.organizationId}, ${name})`,
  );
  return { id: row!.id as string, hash: createHash("sha256").update(row!.key).digest("hex") };
}

const templateName = async (id: string) => {
  const [row] = await db.sql`select name from nemo.prompt_templates where id = ${id}`;
  return row!.name as string;
};

interface Answer {
  selectors: { index: number; outcome: string; template_id: string | null; version: number | null }[];
  refused: Record<string, string>;
}

it("requests of several organizations and keys are each resolved and reserved for as their own", async () => {
  const [here, there] = [await createTenant(db), await createTenant(db)];
  const [ours, theirs] = [
    await activeTemplate(db, here, "one"),
    await activeTemplate(db, there, "one", "two"),
  ];
  const keys = [await createKey(there), await createKey(here, "first"), await createKey(here, "second")];
  const wanted = [theirs, ours, ours];
  // In turns, so that neighbours are of different selectors.
  const admissions = Array.from({ length: 7 }, (_, place) => ({
    selector: place % 3,
    request_id: uuidv7(),
    prompt_tokens: 1000 * (place + 1),
    output_tokens: 0,
  }));
  const { selectors, refused } = await asGateway<Answer>(
    db,
    "gateway_resolve",
    keys.map(({ hash }, index) => ({ index, key_hash: hash, template: wanted[index], model: "gpt-5" })),
    admissions,
  );
  expect(refused).toEqual({});
  const byIndex = selectors.toSorted((a, b) => a.index - b.index);
  expect(byIndex.map(({ outcome, template_id, version }) => [outcome, template_id, version])).toEqual([
    ["template", theirs, 2],
    ["template", ours, 1],
    ["template", ours, 1],
  ]);
  const reserved = await db.sql`
    select request_id, api_key_id, organization_id, reserved_nanousd::int as cost from nemo_private.in_flight
    where request_id = any (${admissions.map(({ request_id }) => request_id)}) order by request_id`;
  // $1.25 for a million tokens of prompt.
  expect([...reserved]).toEqual(
    admissions.map(({ selector, request_id, prompt_tokens }) => ({
      request_id,
      api_key_id: keys[selector]!.id,
      organization_id: selector === 0 ? there.organizationId : here.organizationId,
      cost: prompt_tokens * 1250,
    })),
  );
});

it("a template is found by its id and by its name, with its active version, a pinned one or a label's", async () => {
  const tenant = await createTenant(db);
  const id = await activeTemplate(db, tenant, "one", "two", "three");
  await db.asUser(tenant.people.member, (tx) => tx`select set_label(${id}, 'staging', 1)`);
  const { hash } = await createKey(tenant);
  const foreign = await activeTemplate(db, await createTenant(db), "one");
  const asked = [id, await templateName(id)].flatMap((template) => [
    [{ template }, "template", 3],
    [{ template, version: 2 }, "template", 2],
    [{ template, version: 9 }, "version_not_found", null],
    [{ template, label: "staging" }, "template", 1],
    [{ template, label: "none" }, "label_not_found", null],
  ]) as [object, string, number | null][];
  asked.push([{ template: foreign }, "template_not_found", null]);
  asked.push([{ template: await templateName(foreign) }, "template_not_found", null]);
  const { selectors } = await asGateway<Answer>(
    db,
    "gateway_resolve",
    asked.map(([selector], index) => ({ index, key_hash: hash, model: "gpt-5", ...selector })),
    [],
  );
  expect(
    selectors.toSorted((a, b) => a.index - b.index).map(({ outcome, version }) => [outcome, version]),
  ).toEqual(asked.map(([, outcome, version]) => [outcome, version]));
  for (const { template_id, outcome } of selectors)
    expect(template_id).toBe(outcome === "template_not_found" ? null : id);
});
