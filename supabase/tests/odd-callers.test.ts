/** Callers who are nobody: tokens without a person, of people who are gone, and a server that names nobody. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { CALLERS, READERS } from "./support/allowed.ts";
import { CALLS } from "./support/calls.ts";
import { createFullTenant, type FullTenant } from "./support/full-tenant.ts";
import { refusalCode, someone } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: FullTenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createFullTenant(db);
});
afterAll(() => db.drop());

const FOR_PEOPLE = Object.keys(CALLERS).filter((name) => CALLERS[name] !== "server");

/** How every function for people refuses this caller: code to the functions that answer with it. */
async function refusals(role: string, claims: object | null, headers?: object) {
  const codes: Record<string, string[]> = {};
  for (const name of FOR_PEOPLE) {
    const code = await refusalCode(
      db.asRole(role, claims, async (tx) => {
        if (headers) await tx`select set_config('request.headers', ${JSON.stringify(headers)}, true)`;
        await tx.unsafe(`select * from nemo.${CALLS[name]!(tenant)}`);
        throw Object.assign(new Error("undo"), { code: "allowed" });
      }),
    );
    codes[code] = [...(codes[code] ?? []), name];
  }
  return codes;
}

/** What such a token reads: nothing but the platform's prices, which belong to nobody. */
async function tablesRead(claims: object | null): Promise<string[]> {
  const read: string[] = [];
  for (const table of Object.keys(READERS))
    if ((await db.asRole("authenticated", claims, (tx) => tx.unsafe(`select from nemo.${table}`))).length > 0)
      read.push(table);
  return read;
}

it("a token that names no person calls nothing and reads nothing", async () => {
  for (const claims of [null, {}, { role: "authenticated" }]) {
    expect(await refusals("authenticated", claims)).toEqual({ NM001: FOR_PEOPLE });
    expect(await tablesRead(claims)).toEqual(["model_prices"]);
  }
  for (const sub of ["", "x", "' or true --"])
    expect(await refusals("authenticated", { sub, role: "authenticated" })).toEqual({ "22P02": FOR_PEOPLE });
});

it("the token of an account that is gone, or never was, is a stranger's and makes nothing new", async () => {
  const [removed, emptied] = [await someone(db), await someone(db)];
  await db.sql`select nemo.delete_organization(id) from nemo.organizations where created_by in (${removed}, ${emptied})`;
  await db.asRole("supabase_auth_admin", null, async (tx) => {
    await tx`delete from auth.users where id = ${removed}`;
    await tx`update auth.users set deleted_at = now() where id = ${emptied}`;
  });
  for (const sub of [removed, emptied, randomUUID()]) {
    const claims = { sub, role: "authenticated" };
    const { NM003: nothing, ...others } = await refusals("authenticated", claims);
    expect(others).toEqual({ NM001: ["create_organization"], NM032: ["accept_invitation"] });
    expect(nothing).toHaveLength(FOR_PEOPLE.length - 2);
    expect(await tablesRead(claims)).toEqual(["model_prices"]);
  }
});

it("a server that says it acts for somebody and names nobody has nobody's rights, not its own", async () => {
  for (const name of ["", " ", "null", "undefined", "nonsense"])
    expect(
      await refusals("service_role", { role: "service_role" }, { "x-nemo-acting-user": name }),
      name,
    ).toEqual({ NM001: FOR_PEOPLE });
});
