import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateTypes, TYPES_FILE } from "../../scripts/types.ts";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("the committed database types are those of the migrations (else: npm run types)", async () => {
  const isCurrent = (await generateTypes(db.url)) === (await readFile(TYPES_FILE, "utf8"));
  // A boolean, because a diff of generated code helps nobody.
  expect(isCurrent).toBe(true);
});
