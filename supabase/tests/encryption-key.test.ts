import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { resealAll } from "../../scripts/rotate-encryption-key.ts";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { keyRing } from "../functions/_shared/server/secrets/key-ring.ts";
import { sealContext } from "../functions/_shared/server/upstream/open-connection.ts";
import { createTenant } from "./support/tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const ring = (current: string, retired?: string) =>
  keyRing((name) => ({ NEMO_ENCRYPTION_KEY: current, NEMO_RETIRED_ENCRYPTION_KEYS: retired })[name]);

it("rotating brings every key under the new one, once, and a key that cannot be opened stops all of it", async () => {
  const { organizationId } = await createTenant(db);
  const [old, current] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
  const connections = ["one", "two"].map((name) => ({
    id: randomUUID(),
    organization_id: organizationId,
    name,
    base_url: "https://api.example.com/v1",
  }));
  for (const row of connections) {
    await db.sql`insert into nemo.provider_connections ${db.sql(row)}`;
    const sealed_key = await ring(old).seal(`sk-${row.name}`, sealContext(row));
    await db.sql`insert into nemo_private.provider_keys ${db.sql({ connection_id: row.id, sealed_key })}`;
  }
  await expect(resealAll(db.sql, ring(current))).rejects.toThrow(/No key of this environment/);
  expect(await resealAll(db.sql, ring(current, old))).toEqual({ resealed: 2, keys: 2 });
  expect(await resealAll(db.sql, ring(current, old))).toEqual({ resealed: 0, keys: 2 });
  for (const row of connections) {
    const [stored] =
      await db.sql`select sealed_key from nemo_private.provider_keys where connection_id = ${row.id}`;
    expect(await ring(current).open(stored!.sealed_key, sealContext(row))).toBe(`sk-${row.name}`);
  }
});
