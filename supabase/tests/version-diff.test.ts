import { applyPatch, type StructuredPatch } from "diff";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { fc } from "../../tests/support/fast-check.ts";
import { versionText } from "../functions/_shared/core/versions/version-text.ts";
import { createTemplate, createTenant, saveText, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const line = fc.constantFrom(
  "",
  "a",
  "b",
  "c",
  " d",
  "+e",
  "-f",
  "\\ No newline at end of file",
  "[user]",
  "é 😀",
  "g\r",
);
const lines = fc.array(line, { minLength: 1, maxLength: 40 });

async function patchBetween(oldText: string, newText: string): Promise<StructuredPatch> {
  const [row] =
    await db.sql`select nemo_private.structured_patch('v1', 'v2', ${oldText}, ${newText}) as patch`;
  return row!.patch;
}

it("the stored diff turns the parent's text into the version's, with the npm package's applyPatch", async () => {
  await fc.assert(
    fc.asyncProperty(lines, lines, async (before, after) => {
      // Every version's text begins with the role of its first message.
      const [oldText, newText] = [before, after].map((each) => `[system]\n${each.join("\n")}\n`) as [
        string,
        string,
      ];
      const patch = await patchBetween(oldText, newText);
      expect(applyPatch(oldText, patch, { autoConvertLineEndings: false })).toBe(newText);
    }),
    { numRuns: 300 },
  );
});

it("an edit of one line in a long prompt is a diff of one line with four lines around it", async () => {
  const before = Array.from({ length: 200 }, (_, index) => `line ${index}`);
  const after = before.with(100, "changed");
  const patch = await patchBetween(`${before.join("\n")}\n`, `${after.join("\n")}\n`);
  expect(patch.hunks).toHaveLength(1);
  expect(patch.hunks[0]).toMatchObject({ oldStart: 97, oldLines: 9, newStart: 97, newLines: 9 });
  expect(patch.hunks[0]!.lines.filter((each) => !each.startsWith(" "))).toEqual(["-line 100", "+changed"]);
});

it("a rewrite of everything is still a correct diff", async () => {
  const [oldText, newText] = ["a", "b"].map((letter) =>
    Array.from({ length: 1500 }, (_, index) => `${letter}${index}\n`).join(""),
  ) as [string, string];
  expect(applyPatch(oldText, await patchBetween(oldText, newText))).toBe(newText);
});

it("the database and the dashboard write a version as the same text", async () => {
  // Numbers as people write them: past 21 digits JavaScript writes exponents and Postgres does not.
  const number = fc.oneof(
    fc.integer(),
    fc.integer().map((each) => each / 1000),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(number, fc.string(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("b", "B", "10", "9"), tie("value"), { maxKeys: 3 }),
    ),
  }));
  const json = fc.dictionary(
    fc.constantFrom("model", "10", "9", "é", "😀", "tools", "__proto__", 'q"'),
    value,
    { maxKeys: 5 },
  );
  const messages = fc.array(
    fc.record({ role: fc.constantFrom("system", "user"), content: lines.map((l) => l.join("\n")) }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(messages, json, json, async (someMessages, config, contract) => {
      // Postgres refuses the NUL character and lone surrogates in JSON; they can never be stored.
      fc.pre(!/\\u0000|\\ud[89a-f]/i.test(JSON.stringify([config, contract])));
      const [row] = await db.sql`
        select nemo_private.version_text(${db.sql.json(someMessages)}, m.config, m.contract) as text, m.config, m.contract
        from (select ${JSON.stringify(config)}::text::jsonb as config, ${JSON.stringify(contract)}::text::jsonb as contract) m`;
      const read = { messages: someMessages, config: row!.config, contract: row!.contract };
      expect(versionText(read)).toBe(row!.text);
    }),
    { numRuns: 200 },
  );
});

it("save_version stores the diff between the two versions' texts", async () => {
  const templateId = await createTemplate(db, tenant);
  const first = await saveText(db, tenant.people.member, templateId, "Hello\nthere");
  const second = await saveText(db, tenant.people.member, templateId, "Hello\nyou");
  expect(first.diff).toBeNull();
  expect(applyPatch(versionText(first), second.diff as StructuredPatch)).toBe(versionText(second));
});
