import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { DATABASE_ERRORS } from "../functions/_shared/core/errors/database-errors.ts";
import { AUDIT_ACTIONS } from "../functions/_shared/core/events/audit-actions.ts";
import { REALTIME_EVENTS } from "../functions/_shared/core/events/realtime-events.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it("the audit actions are those the database knows", async () => {
  const rows = await db.sql`select action, sentence from nemo_private.audit_actions`;
  expect(Object.fromEntries(rows.map((row) => [row.action, row.sentence]))).toEqual(AUDIT_ACTIONS);
});

it("the realtime events are those the database knows", async () => {
  const rows = await db.sql`select event, sentence from nemo_private.realtime_events`;
  expect(Object.fromEntries(rows.map((row) => [row.event, row.sentence]))).toEqual(REALTIME_EVENTS);
});

it("every error code the database uses is listed and explained, and none besides", async () => {
  const rows = await db.sql`
    select distinct m[1] as code
    from pg_proc p, regexp_matches(p.prosrc, '''(NM[0-9]{3})''', 'g') m
    where p.pronamespace in ('nemo'::regnamespace, 'nemo_private'::regnamespace)`;
  const used = rows.map((row) => row.code as string).sort();
  expect(Object.keys(DATABASE_ERRORS).sort()).toEqual(used);
  const page = await readFile(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const unexplained = Object.entries(DATABASE_ERRORS).filter(
    ([code, { name }]) => !new RegExp(`\\| \`${code}\` +\\| ${name} *\\|`).test(page),
  );
  expect(unexplained).toEqual([]);
});

it("every audit action and event that a function writes is in its list", async () => {
  const rows = await db.sql`
    select p.proname, m[1] as kind, m[2] as word
    from pg_proc p, regexp_matches(p.prosrc, '(append_audit|broadcast)[(][^'']*?''([a-z_]+[.][a-z_]+)''', 'g') m
    where p.pronamespace in ('nemo'::regnamespace, 'nemo_private'::regnamespace)`;
  expect(rows.length).toBeGreaterThan(20);
  const strangers = rows.filter(
    (row) => !(row.word in (row.kind === "broadcast" ? REALTIME_EVENTS : AUDIT_ACTIONS)),
  );
  expect(strangers).toEqual([]);
});
