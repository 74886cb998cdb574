import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { pinsOf, templateOf } from "./support/pins.ts";
import { decide, makeRecommendation } from "./support/recommendation-fixture.ts";
import { createTenant, refusalCode, saveText, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
let counter = 0;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const system = (content: string) => [{ role: "system", content }];

/** A template pinned to a tone that has moved on since, and a suggestion to say it shorter. */
async function outdated() {
  const tone = `tone-${++counter}`;
  const toneId = await templateOf(db, tenant, tone, "Be kind.");
  const include = `{% include "${tone}" %}`;
  const templateId = await templateOf(db, tenant, `including-${counter}`, `${include} Please answer.`);
  await saveText(db, tenant.people.member, toneId, "Be rude.");
  const id = await makeRecommendation(db, tenant, templateId, { proposed: system(`${include} Answer.`) });
  const pinned = { [tone]: { template_id: toneId, version: 1 } };
  return { tone, toneId, include, templateId, id, pinned };
}

test.each([
  ["accepted", {}],
  ["tried as B", { as_test: true }],
])("a rewrite that is %s includes exactly what its original does", async (_, how) => {
  const { templateId, id, pinned } = await outdated();
  const decided = await decide(db, tenant.people.member, "apply_recommendation", id, how);
  expect(decided.state).toBe("accepted");
  expect(await pinsOf(db, templateId, 2)).toEqual(pinned);
});

test("an edited one does too; what it includes for the first time is what that means now", async () => {
  const { templateId, id, include, pinned } = await outdated();
  const other = `other-${++counter}`;
  const otherId = await templateOf(db, tenant, other, "one", "two");
  await decide(db, tenant.people.member, "apply_recommendation", id, {
    messages: system(`${include}{% include "${other}" %} Answer.`),
  });
  expect(await pinsOf(db, templateId, 2)).toEqual({
    ...pinned,
    [other]: { template_id: otherId, version: 2 },
  });
});

test("what the rewrite no longer includes is no longer pinned; what was deleted since stays", async () => {
  const first = await outdated();
  await decide(db, tenant.people.member, "apply_recommendation", first.id, { messages: system("Answer.") });
  expect(await pinsOf(db, first.templateId, 2)).toEqual({});

  const second = await outdated();
  await db.asUser(tenant.people.admin, (tx) => tx`select delete_template(${second.toneId})`);
  await decide(db, tenant.people.member, "apply_recommendation", second.id);
  expect(await pinsOf(db, second.templateId, 2)).toEqual(second.pinned);
});

test("the same words with the same includes are no new version; a save by hand pins anew", async () => {
  const { tone, toneId, templateId, id, include } = await outdated();
  const same = decide(db, tenant.people.member, "apply_recommendation", id, {
    messages: system(`${include} Please answer.`),
  });
  expect(await refusalCode(same)).toBe("NM021");
  await saveText(db, tenant.people.member, templateId, `${include} Please answer.`);
  expect(await pinsOf(db, templateId, 2)).toEqual({ [tone]: { template_id: toneId, version: 2 } });
});
