import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { DATABASE_ERRORS } from "../functions/_shared/core/errors/database-errors.ts";
import { CALLERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { refusalCode } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: FullTenant;
let other: FullTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createFullTenant(db);
  other = await createFullTenant(db);
});
afterAll(() => db.drop());

/** A fingerprint of every row of the schema; refused calls must leave it as it was. */
async function fingerprint(): Promise<string> {
  const tables = await db.sql`
    select c.oid::regclass::text as name from pg_class c
    where c.relnamespace in ('nemo'::regnamespace, 'nemo_private'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`;
  const parts = await Promise.all(
    tables.map(({ name }) =>
      db.sql.unsafe(`select md5(string_agg(t::text, ',' order by t::text)) as sum from ${name} t`),
    ),
  );
  return tables.map(({ name }, index) => `${name} ${parts[index]![0]!.sum}`).join("\n");
}

async function refused(statement: string, parameters: (string | number | null)[] = []): Promise<string> {
  const before = await fingerprint();
  const code = await refusalCode(
    db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select ${statement}`, parameters)),
  );
  expect(await fingerprint()).toBe(before);
  return code;
}

const megabyte = "x".repeat(1024 * 1024);
const message = (content: string) => JSON.stringify([{ role: "system", content }]);

/** Each with the statement, its parameters after the organization or template id, and the code it is refused with. */
const cases: [what: string, call: (t: FullTenant) => [string, (string | number | null)[]], code: string][] = [
  ["an organization without a name", () => ["create_organization($1)", [null]], "NM010"],
  ["an organization with a blank name", () => ["create_organization($1)", [" \t\n"]], "NM010"],
  ["an organization with a megabyte of name", () => ["create_organization($1)", [megabyte]], "NM011"],
  [
    "an organization with an escape in its name",
    () => ["create_organization($1)", ["red\u001b[31m"]],
    "NM012",
  ],
  ["a template in no organization", () => ["create_template(null, 'name')", []], "NM003"],
  ["a template without a name", (t) => ["create_template($1, null)", [t.organizationId]], "NM010"],
  ["a template with a capital", (t) => ["create_template($1, 'Name')", [t.organizationId]], "NM013"],
  ["a template named like an id", (t) => ["create_template($1, 'tpl_abc')", [t.organizationId]], "NM013"],
  ["a template with a slash", (t) => ["create_template($1, 'a/b')", [t.organizationId]], "NM013"],
  [
    "a template with a line break at its end",
    (t) => ["create_template($1, $2)", [t.organizationId, "a\nb"]],
    "NM013",
  ],
  [
    "a template with a megabyte of name",
    (t) => ["create_template($1, $2)", [t.organizationId, megabyte]],
    "NM011",
  ],
  [
    "a template with a megabyte of description",
    (t) => ["create_template($1, 'long', $2)", [t.organizationId, megabyte]],
    "NM011",
  ],
  [
    "a template with a control character described",
    (t) => ["create_template($1, 'bell', $2)", [t.organizationId, "\u0007"]],
    "NM012",
  ],
  [
    "twenty-one tags",
    (t) => [
      "create_template($1, 'tags', tags => array(select i::text from generate_series(1, 21) i))",
      [t.organizationId],
    ],
    "NM015",
  ],
  ["an empty tag", (t) => ["create_template($1, 'tags', tags => '{\"\"}')", [t.organizationId]], "NM010"],
  ["messages that are null", (t) => ["save_version($1, null)", [t.templateId]], "NM018"],
  ["messages that are an object", (t) => ["save_version($1, '{}')", [t.templateId]], "NM018"],
  ["no message", (t) => ["save_version($1, '[]')", [t.templateId]], "NM018"],
  [
    "a hundred and one messages",
    (t) => [
      'save_version($1, (select jsonb_agg(\'{"role": "user", "content": "x"}\'::jsonb) from generate_series(1, 101)))',
      [t.templateId],
    ],
    "NM018",
  ],
  ["a message that is null", (t) => ["save_version($1, '[null]')", [t.templateId]], "NM018"],
  ["a message without content", (t) => ['save_version($1, \'[{"role": "user"}]\')', [t.templateId]], "NM018"],
  [
    "a message whose content is a number",
    (t) => ['save_version($1, \'[{"role": "user", "content": 1}]\')', [t.templateId]],
    "NM018",
  ],
  [
    "a message with an unknown role",
    (t) => ['save_version($1, \'[{"role": "robot", "content": "x"}]\')', [t.templateId]],
    "NM018",
  ],
  [
    "a message with more than role and content",
    (t) => ['save_version($1, \'[{"role": "user", "content": "x", "name": "y"}]\')', [t.templateId]],
    "NM018",
  ],
  [
    "a megabyte of message",
    (t) => ["save_version($1, $2::text::jsonb)", [t.templateId, message(megabyte)]],
    "NM011",
  ],
  [
    "a message with a control character",
    (t) => ["save_version($1, $2::text::jsonb)", [t.templateId, message("\u0001")]],
    "NM012",
  ],
  [
    "a message with U+0000",
    (t) => ["save_version($1, $2::text::jsonb)", [t.templateId, message("\u0000")]],
    "22P05",
  ],
  [
    "a config that is a list",
    (t) => ["save_version($1, $2::text::jsonb, config => '[]')", [t.templateId, message("a")]],
    "NM019",
  ],
  [
    "a config that is nested too deeply to be written out",
    (t) => [
      `save_version($1, $2::text::jsonb, config => '{"a": ${"[".repeat(500)}${"]".repeat(500)}}')`,
      [t.templateId, message("a")],
    ],
    "NM019",
  ],
  ["a price that is null", (t) => ["set_model_price($1, 'm', 1, null, 1)", [t.organizationId]], "NM010"],
  [
    "scopes that are lists of lists",
    (t) => ["create_api_key($1, 'k', scopes => '{{a},{b}}')", [t.organizationId]],
    "NM015",
  ],
  [
    "a contract with an unknown part",
    (t) => ["save_version($1, $2::text::jsonb, contract => '{\"other\": 1}')", [t.templateId, message("a")]],
    "NM019",
  ],
  [
    "a contract with an unknown mode",
    (t) => [
      'save_version($1, $2::text::jsonb, contract => \'{"variables_mode": "loose"}\')',
      [t.templateId, message("a")],
    ],
    "NM019",
  ],
  [
    "a megabyte of note",
    (t) => ["save_version($1, $2::text::jsonb, note => $3)", [t.templateId, message("a"), megabyte]],
    "NM011",
  ],
  [
    "a stale expected version",
    (t) => ["save_version($1, $2::text::jsonb, expected_version => 1)", [t.templateId, message("a")]],
    "NM020",
  ],
  [
    "an expected version that never was",
    (t) => ["save_version($1, $2::text::jsonb, expected_version => 99)", [t.templateId, message("a")]],
    "NM020",
  ],
  ["a version of no template", () => ["save_version(null, $1::text::jsonb)", [message("a")]], "NM003"],
  ["a version that is not there, activated", (t) => ["activate_version($1, 99)", [t.templateId]], "NM024"],
  ["version null, activated", (t) => ["activate_version($1, null)", [t.templateId]], "NM024"],
  ["a negative version, activated", (t) => ["activate_version($1, -1)", [t.templateId]], "NM024"],
  [
    "an unknown role",
    (t) => ["set_member_role($1, $2, 'emperor')", [t.organizationId, t.people.viewer]],
    "NM014",
  ],
  ["no role", (t) => ["set_member_role($1, $2, null)", [t.organizationId, t.people.viewer]], "NM014"],
  [
    "an invitation with an unknown role",
    (t) => ["invite_member($1, 'a@x.test', 'emperor')", [t.organizationId]],
    "NM014",
  ],
  ["an invitation to nobody", (t) => ["invite_member($1, null)", [t.organizationId]], "NM010"],
  [
    "an invitation for minus one days",
    (t) => ["invite_member($1, 'a@x.test', expires_in_days => -1)", [t.organizationId]],
    "NM015",
  ],
  ["an invitation token that is null", () => ["accept_invitation(null)", []], "NM031"],
  ["an export in an unknown format", (t) => ["start_audit_export($1, 'xml')", [t.organizationId]], "NM014"],
  [
    "a thousand and one audit entries at once",
    (t) => ["audit_entries($1, max => 1001)", [t.organizationId]],
    "NM015",
  ],
  [
    "audit entries of an action that is not in the list",
    (t) => ["audit_entries($1, action => 'version.savd')", [t.organizationId]],
    "NM014",
  ],
  [
    "an export of a class of actions that is not there",
    (t) => ["start_audit_export($1, 'csv', '{\"action\": \"versions\"}')", [t.organizationId]],
    "NM014",
  ],
  ["minus one requests", (t) => ["prompt_log_entries($1, max => -1)", [t.organizationId]], "NM015"],
  [
    "a thousand and one requests at once",
    (t) => ["prompt_log_entries($1, max => 1001)", [t.organizationId]],
    "NM015",
  ],
  [
    "a replay that is expected to cost less than nothing",
    (t) => ["start_replay($1, '{1}', 'examples', 1, -1)", [t.templateId]],
    "NM015",
  ],
  [
    "a replay of which credit pays less than nothing",
    (t) => ["start_replay($1, '{1}', 'examples', 1, 1, -1)", [t.templateId]],
    "NM015",
  ],
  ["minus one audit entries", (t) => ["audit_entries($1, max => -1)", [t.organizationId]], "NM015"],
  ["a key without a name", (t) => ["create_api_key($1, '')", [t.organizationId]], "NM010"],
  ["a label on a version that is not there", (t) => ["set_label($1, 'canary', 99)", [t.templateId]], "NM024"],
  [
    "a name that is taken",
    (t) => [
      "create_template($1, (select name from prompt_templates where id = $2))",
      [t.organizationId, t.templateId],
    ],
    "NM017",
  ],
];

it.each(cases)("%s is refused and changes nothing", async (_what, call, code) => {
  const [statement, parameters] = call(tenant);
  expect(await refused(statement, parameters)).toBe(code);
  expect(code === "22P05" || code in DATABASE_ERRORS).toBe(true);
});

it("text that is not UTF-8 is refused before it reaches a function", async () => {
  expect(await refused(`create_organization(convert_from('\\xff'::bytea, 'UTF8'))`)).toBe("22021");
});

it("another organization's things are refused exactly like missing ones, by every function", async () => {
  const missing = JSON.parse(
    JSON.stringify(other)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "00000000-0000-4000-8000-000000000000")
      .replaceAll(/tpl_[0-9a-f]+/g, "tpl_doesnotexist"),
  ) as FullTenant;
  const answer = async (statement: string) => {
    try {
      await db.asUser(tenant.people.owner, (tx) => tx.unsafe(`select ${statement}`));
    } catch (error) {
      const { code, message: text, hint, detail } = error as Record<string, string>;
      return { code, text, hint, detail };
    }
    return "allowed";
  };
  for (const [name, call] of Object.entries(CALLS)) {
    // Those act for the person who calls, or are not for people at all.
    if (["signed-in", "server"].includes(CALLERS[name]!)) continue;
    const foreign = await answer(call(other));
    expect({ name, ...(foreign as object) }).toMatchObject({ name, code: "NM003" });
    expect({ name, foreign }).toEqual({ name, foreign: await answer(call(missing)) });
  }
});
