/** Every function that people may call, with each argument in turn replaced by what no person would send. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { DATABASE_ERRORS } from "../functions/_shared/core/errors/database-errors.ts";
import { CALLERS } from "./support/allowed.ts";
import { argumentsAbout } from "./support/arguments.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";

interface Signature {
  readonly name: string;
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly required: number;
}

let db: TestDatabase;
let ours: FullTenant;
let theirs: FullTenant;
let signatures: Signature[];
beforeAll(async () => {
  db = await createTestDatabase();
  ours = await createFullTenant(db);
  theirs = await createFullTenant(db);
  const rows = await db.sql<Signature[]>`
    select proname as name, (proargnames)[1 : pronargs] as names, pronargs - pronargdefaults as required,
      array(select format_type(t.type, null) from unnest(proargtypes) with ordinality t (type, place) order by place) as types
    from pg_proc where pronamespace = 'nemo'::regnamespace order by 1`;
  signatures = rows.filter(({ name }) => CALLERS[name] !== "server");
});
afterAll(() => db.drop());

/** As text that is cast, so that what a client could not even write is refused by the same code everywhere. */
function asText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (type.endsWith("[]")) return `{${(value as unknown[]).join()}}`;
  return type === "jsonb" && typeof value !== "string" ? JSON.stringify(value) : String(value);
}

const given = ({ names, types, required }: Signature): Record<string, string | null> => {
  const known = { ...argumentsAbout(ours), organization_id: ours.organizationId };
  return Object.fromEntries(
    names.slice(0, required).map((name, place) => [name, asText(known[name as never], types[place]!)]),
  );
};

/** All that whoever owns our organization is answered; nothing of it stays. */
async function answerTo({ name, names, types }: Signature, values: Record<string, string | null>) {
  const keys = Object.keys(values);
  const list = keys.map((key, place) => `${key} => $${place + 1}::text::${types[names.indexOf(key)]}`);
  try {
    await db.asUser(ours.people.owner, async (tx) => {
      const rows = await tx.unsafe(`select * from nemo.${name}(${list.join()})`, Object.values(values));
      throw { code: "allowed", message: JSON.stringify(rows) };
    });
  } catch (error) {
    const { code, message, hint, detail } = error as Record<string, string>;
    return { code: code ?? "no code", message, hint, detail };
  }
  throw new Error("it was not undone");
}

const megabyte = "x".repeat(1024 * 1024);
const many = (word: string) => `{${Array(3000).fill(word).join()}}`;
const LISTS = ["{}", "{NULL}", "{{1,2},{3,4}}", "[5:6]={1,2}", many("1")];
const NUMBERS = ["-1", "0", "2147483647", "-2147483648"];
const HOSTILE: Record<string, readonly string[]> = {
  text: [
    "",
    " ",
    megabyte,
    "\u0001",
    "\u001b[31m",
    "'; drop schema nemo; --",
    "%",
    "\\",
    "emperor",
    "-1",
    "\u202e",
  ],
  integer: NUMBERS,
  bigint: [...NUMBERS, "9223372036854775807", "-9223372036854775808"],
  "double precision": ["-1", "0", "NaN", "Infinity", "-Infinity", "1e308", "1e-320"],
  "timestamp with time zone": ["infinity", "-infinity", "294276-01-01", "4713-01-01 BC"],
  date: ["infinity", "-infinity", "5874897-01-01", "4713-01-01 BC"],
  uuid: ["00000000-0000-0000-0000-000000000000"],
  boolean: ["true", "false"],
  "text[]": [...LISTS, `{${megabyte}}`, '{""}'],
  "integer[]": [...LISTS, "{0}", "{-1,10001}", "{2147483647,2147483647}"],
  "uuid[]": ["{}", "{NULL}", many("00000000-0000-7000-8000-000000000000")],
  jsonb: [
    ...["null", "[]", "{}", "1", '"x"', "true", "1e400", "[null]", "[[]]", "[{}]", '{"a": null}'],
    `[${"[".repeat(3000)}${"]".repeat(3000)}]`,
    JSON.stringify({ a: megabyte }),
    JSON.stringify([{ role: "system", content: megabyte }]),
    '[{"role": null, "content": null}]',
    '[{"version": null, "weight": null}]',
    '[{"version": 1e30, "weight": 1e30}, {"version": 2, "weight": 1}]',
    '[{"version": "x", "weight": 5000}, {"version": 2.5, "weight": 5000}]',
    '[{"variables": {"a": 1e9999}}, {"variables": []}]',
    '[{"metric": "cost", "limit": "NaN"}]',
    '{"required": [1], "provider": 1, "action": 1}',
  ],
};

it("is answered, or refused with a code that is listed and by no mere accident of Postgres", async () => {
  const accidents: string[] = [];
  let refused = 0;
  for (const signature of signatures)
    for (const [place, argument] of signature.names.entries()) {
      const values = HOSTILE[signature.types[place]!];
      if (!values) throw new Error(`Say what is hostile for the type ${signature.types[place]}.`);
      for (const value of [null, ...values]) {
        const { code, message } = await answerTo(signature, { ...given(signature), [argument]: value });
        if (code in DATABASE_ERRORS) refused += 1;
        else if (code !== "allowed")
          accidents.push(`${signature.name} ${argument} ${value?.slice(0, 60)}: ${code} ${message}`);
      }
    }
  expect(accidents).toEqual([]);
  expect(refused).toBeGreaterThan(500);
});

it("one thing of another organization among things of one's own is answered like a missing one", async () => {
  const foreign = { ...argumentsAbout(theirs), ...listsAbout(theirs) };
  const own = { ...argumentsAbout(ours), ...listsAbout(ours) };
  let compared = 0;
  for (const signature of signatures)
    for (const [place, argument] of signature.names.entries()) {
      const [theirThing, ourThing] = [foreign, own].map((about) =>
        asText(about[argument as never], signature.types[place]!),
      );
      if (!theirThing || theirThing === ourThing || argument === "token") continue;
      const missing = theirThing
        .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "00000000-0000-4000-8000-000000000000")
        .replaceAll(/tpl_[0-9a-f]+/g, "tpl_doesnotexist00");
      const [answer, expected] = await Promise.all(
        [theirThing, missing].map(async (value) =>
          JSON.stringify(await answerTo(signature, { ...given(signature), [argument]: value })).replaceAll(
            /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|tpl_\w+|nemo_sk_[\w-]+|"\d{4}-\d\d-\d\dT[^"]*"/g,
            "…",
          ),
        ),
      );
      expect(`${signature.name} ${argument}: ${answer}`).toBe(`${signature.name} ${argument}: ${expected}`);
      compared += 1;
    }
  expect(compared).toBeGreaterThan(60);
});

/** Ids that stand in optional arguments and in lists. */
const listsAbout = (tenant: FullTenant) => ({
  default_template_id: tenant.templateId,
  scopes: [tenant.templateId],
  request_ids: [tenant.requestId],
  before_request: tenant.requestId,
  actor: tenant.people.owner,
});
