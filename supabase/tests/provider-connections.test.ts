import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { createTenant, refusal, refusalCode, type Tenant } from "./support/tenants.ts";

let db: TestDatabase;
let tenant: Tenant;
beforeAll(async () => {
  db = await createTestDatabase();
  tenant = await createTenant(db);
});
afterAll(() => db.drop());

const SEALED = "v1.0badc0de.AAAA.BBBB.CCCC.DDDD";

interface Connection {
  id: string;
  name: string;
  base_url: string;
  key_hint: string | null;
  enabled: boolean;
}

/** What the function `providers` does for a person: the secret key and the header that names them. */
async function actingFor<T>(person: string, statement: string): Promise<T> {
  return await db.asServiceRole(async (tx) => {
    await tx`select set_config('request.headers', ${JSON.stringify({ "x-nemo-acting-user": person })}, true)`;
    const [row] = await tx.unsafe(statement);
    return row as T;
  });
}

const connect = (
  person: string,
  name: string,
  more = "",
  url = "https://api.example.com/v1",
): Promise<Connection> =>
  actingFor(
    person,
    `select * from create_provider_connection('${tenant.organizationId}', '${randomUUID()}', '${name}', '${url}'${more})`,
  );

const withKey = `, sealed_key => '${SEALED}', key_hint => 'wxyz'`;

it("an admin connects a provider, everyone sees it, and the key is nowhere to be read", async () => {
  const made = await connect(tenant.people.admin, "acme", withKey, "https://api.example.com/v1/");
  expect(made).toMatchObject({ name: "acme", base_url: "https://api.example.com/v1", key_hint: "wxyz" });
  const seen = await db.asUser(tenant.people.viewer, (tx) => tx`select * from provider_connections`);
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain("0badc0de");
  for (const role of ["service_role", "authenticated", "anon", "nemo_gateway"]) {
    expect(
      await refusalCode(
        db.asRole(
          role,
          { sub: tenant.people.owner, role },
          (tx) => tx`select * from nemo_private.provider_keys`,
        ),
      ),
    ).toBe("42501");
  }
});

it("the audit says who connected, changed and removed what, and never what the key is", async () => {
  const made = await connect(tenant.people.admin, "audited", withKey);
  await actingFor(
    tenant.people.admin,
    `select update_provider_connection('${made.id}', sealed_key => '${SEALED}', key_hint => '1234')`,
  );
  await db.asUser(tenant.people.owner, (tx) => tx`select delete_provider_connection(${made.id})`);
  const entries = await db.sql`
    select action, actor_id, before, after from nemo.audit_log where target_id = ${made.id} order by sequence`;
  expect(entries.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ["provider.connected", tenant.people.admin],
    ["provider.updated", tenant.people.admin],
    ["provider.removed", tenant.people.owner],
  ]);
  expect(entries[1]).toMatchObject({
    before: { key_hint: "wxyz" },
    after: { key_hint: "1234", key_replaced: true },
  });
  expect(JSON.stringify(entries)).not.toContain("0badc0de");
  expect(await db.sql`select from nemo_private.provider_keys where connection_id = ${made.id}`).toHaveLength(
    0,
  );
});

it("a member cannot have the server connect, change or test for them", async () => {
  const made = await connect(tenant.people.admin, "guarded", withKey);
  expect(await refusalCode(connect(tenant.people.member, "theirs"))).toBe("NM002");
  for (const call of [
    `update_provider_connection('${made.id}', enabled => false)`,
    `start_provider_test('${made.id}')`,
  ])
    expect(await refusalCode(actingFor(tenant.people.member, `select ${call}`))).toBe("NM002");
  const stranger = await createTenant(db);
  expect(
    await refusalCode(actingFor(stranger.people.owner, `select start_provider_test('${made.id}')`)),
  ).toBe("NM003");
});

describe("a key is sent only to the server it was given for:", () => {
  it("another server needs the key again", async () => {
    const made = await connect(tenant.people.admin, "moved", withKey);
    const move = (url: string, more = "") =>
      actingFor<Connection>(
        tenant.people.admin,
        `select * from update_provider_connection('${made.id}', base_url => '${url}'${more})`,
      );
    expect(await refusalCode(move("https://elsewhere.example.com/v1"))).toBe("NM102");
    expect(await refusalCode(move("http://api.example.com/v1"))).toBe("NM102");
    expect(await refusalCode(move("https://api.example.com:8443/v1"))).toBe("NM102");
    expect(await move("https://api.example.com/v2")).toMatchObject({
      base_url: "https://api.example.com/v2",
    });
    expect(await move("https://elsewhere.example.com/v1", withKey)).toMatchObject({ key_hint: "wxyz" });
  });

  it("a ticket opens it once, for a minute, and nothing else does", async () => {
    const made = await connect(tenant.people.admin, "ticketed", withKey);
    const draw = async () =>
      (
        await actingFor<{ ticket: string }>(
          tenant.people.admin,
          `select start_provider_test('${made.id}') as ticket`,
        )
      ).ticket;
    const redeem = async (ticket: string) => {
      const [row] = await db.asRole(
        "nemo_gateway",
        null,
        (tx) => tx`select nemo_private.gateway_provider(${ticket}) as answer`,
      );
      return row!.answer;
    };
    const ticket = await draw();
    expect(await redeem(ticket)).toMatchObject({ name: "ticketed", sealed_key: SEALED });
    expect(await redeem(ticket)).toBeNull();
    expect(await redeem(made.id)).toBeNull();
    const late = await draw();
    await db.sql`update nemo_private.provider_tickets set expires_at = now() - interval '1 second' where ticket = ${late}`;
    expect(await redeem(late)).toBeNull();
  });
});

it("names, addresses and lists that cannot be are refused with their own code", async () => {
  const admin = tenant.people.admin;
  await connect(admin, "taken");
  expect(await refusalCode(connect(admin, "taken"))).toBe("NM017");
  for (const name of ["platform", "nemo", "Upper", "with/slash", "tpl_x"])
    expect(await refusalCode(connect(admin, name)), name).toBe("NM013");
  for (const url of [
    "ftp://api.example.com",
    "https://user:pass@api.example.com/v1",
    "https://api.example.com/v1?key=1",
    "https://api.example.com/v1#x",
    "api.example.com",
  ])
    expect(await refusalCode(connect(admin, "address", "", url)), url).toBe("NM101");
  expect(await refusalCode(connect(admin, "lists", ", models => '{\"a b\"}'"))).toBe("NM012");
  expect(await refusalCode(connect(admin, "lists", ", fallbacks => '{\"\"}'"))).toBe("NM010");
  const many = (count: number) => `array(select 'm' || i from generate_series(1, ${count}) i)`;
  const made = await connect(admin, "lists", `, models => ${many(100)}, fallbacks => ${many(5)}`);
  for (const list of [`models => ${many(101)}`, `fallbacks => ${many(6)}`]) {
    expect(await refusalCode(connect(admin, "longer", `, ${list}`)), list).toBe("NM015");
    const change = actingFor(admin, `select update_provider_connection('${made.id}', ${list})`);
    expect(await refusalCode(change), list).toBe("NM015");
  }
});

it("an organization has twenty connections at most, also when they are made at once", async () => {
  const other = await createTenant(db);
  const one = (index: number) =>
    actingFor(
      other.people.owner,
      `select create_provider_connection('${other.organizationId}', '${randomUUID()}', 'p${index}', 'https://api.example.com/v1')`,
    );
  const outcomes = await Promise.allSettled(Array.from({ length: 24 }, (_, index) => one(index)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect((await refusal(one(99))).code).toBe("NM100");
});
