import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import {
  createTemplate,
  createTenant,
  refusalCode,
  type SavedVersion,
  type Tenant,
} from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

type Json = Parameters<TestDatabase["sql"]["json"]>[0];

/** What is kept of a version with this contract and config. */
async function kept(contract: Json, config: Json = {}) {
  const templateId = await createTemplate(db, tenant);
  const [row] = await db.asUser(
    tenant.people.member,
    (tx) => tx`select * from save_version(${templateId}, ${tx.json([{ role: "system", content: "{{ a }}" }])},
      config => ${tx.json(config)}, contract => ${tx.json(contract)})`,
  );
  const saved = row as unknown as SavedVersion & { contract: unknown; config: unknown };
  return { contract: saved.contract, config: saved.config };
}

it("variables are an object or a list with names, which may be the whole contract", async () => {
  const variables = { a: { type: "string", default: "x" }, b: {} };
  const list = [{ name: "a", type: "string", default: "x" }, { name: "b" }];
  for (const contract of [{ variables }, { variables: list }, list])
    expect(await kept(contract)).toEqual({ contract: { variables }, config: {} });
  expect(await kept([])).toEqual({ contract: { variables: {} }, config: {} });
});

it("the mode and the options for blanks are the contract's, wherever they stand, and never the provider's", async () => {
  const config = { model: "m", variables_mode: "lenient", trim_blocks: true, lstrip_blocks: true };
  expect(await kept({}, config)).toEqual({
    contract: { variables_mode: "lenient", options: { trim_blocks: true, lstrip_blocks: true } },
    config: { model: "m" },
  });
  expect(
    await kept({ lstrip_blocks: false, variables_mode: "strict", options: { trim_blocks: false } }, config),
  ).toEqual({
    contract: { variables_mode: "strict", options: { trim_blocks: false, lstrip_blocks: false } },
    config: { model: "m" },
  });
});

it("what cannot be read so is refused as any other bad contract", async () => {
  const bad: [Json, Json?][] = [
    ["text"],
    [[{ type: "string" }]],
    [[{ name: "a" }, { name: "a" }]],
    [["a"]],
    [[[]]],
    [{ variables: [{ name: 1 }] }],
    [{ options: [], trim_blocks: true }],
    [{}, { variables_mode: "loose" }],
    [{}, []],
    [{}, "text"],
  ];
  for (const [contract, config] of bad) expect(await refusalCode(kept(contract, config))).toBe("NM019");
});
