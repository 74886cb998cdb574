import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { askProviders, type ConnectionRow, connectFake } from "./testing/providers-client.ts";

const stack = useStack();
const sql = postgres(stack.adminDbUrl, { max: 1, onnotice: () => {} });
let owner: Person;
let connection: ConnectionRow;
const SECRET = "sk-canary-7f3e2d1c0b9a";

beforeAll(async () => {
  owner = await stack.signUp();
  connection = await connectFake(stack, owner, { api_key: SECRET });
});
afterAll(() => sql.end());

const ask = (route: string, body: object, person = owner) => askProviders(stack, person, route, body);
const create = (more: object) =>
  ask("create", {
    organization_id: owner.organizationId,
    name: "another",
    base_url: "https://api.example.com/v1",
    ...more,
  });

it("a connection shows its key's last four characters, and the key is in no table", async () => {
  expect(connection).toMatchObject({ name: "acme", base_url: stack.fakeProviderUrl, key_hint: "0b9a" });
  const tables = await sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('nemo', 'nemo_private', 'realtime')`;
  for (const { name } of tables) {
    const found = await sql.unsafe(`select from ${name} t where t::text like '%${SECRET}%' limit 1`);
    expect(found, name).toHaveLength(0);
  }
});

it("a key that opens is tested against the provider, which gets that very key", async () => {
  const { status, body } = await ask("test", { connection_id: connection.id });
  expect([status, body]).toMatchObject([200, { ok: true, status: 200, code: null }]);
  expect(body.models).toContain("fake-gpt");
  const all = (await (await fetch(`${stack.fakeProviderUrl.replace(/\/v1$/, "")}/__requests`)).json()) as {
    path: string;
    headers: Record<string, string>;
  }[];
  expect(
    all.filter(({ path, headers }) => path === "/v1/models" && headers.authorization === `Bearer ${SECRET}`),
  ).toHaveLength(1);
});

it("changing keeps what is not given, and a new key replaces the old one", async () => {
  const { body } = await ask("update", { connection_id: connection.id, models: ["fake-gpt"] });
  expect(body).toMatchObject({ models: ["fake-gpt"], key_hint: "0b9a" });
  const rotated = await ask("update", { connection_id: connection.id, api_key: "sk-canary-aaaabbbbcccc" });
  expect(rotated.body).toMatchObject({ models: ["fake-gpt"], key_hint: "cccc" });
  expect((await ask("test", { connection_id: connection.id })).body).toMatchObject({ ok: true });
});

it("a row that is pointed at another server behind everybody's back opens no key", async () => {
  const moved = await connectFake(stack, owner, { name: "moved" });
  const elsewhere = stack.fakeProviderUrl.replace("127.0.0.1", "localhost");
  await sql`update nemo.provider_connections set base_url = ${elsewhere} where id = ${moved.id}`;
  const { body } = await ask("test", { connection_id: moved.id });
  // The address is refused before the key is even looked at.
  expect(body).toMatchObject({ ok: false, code: "provider_address_refused" });
  await sql`
    update nemo_private.provider_keys k set sealed_key = o.sealed_key
    from nemo_private.provider_keys o where k.connection_id = ${moved.id} and o.connection_id = ${connection.id}`;
  await sql`update nemo.provider_connections set base_url = ${stack.fakeProviderUrl} where id = ${moved.id}`;
  expect((await ask("test", { connection_id: moved.id })).body).toMatchObject({
    ok: false,
    code: "provider_key_unreadable",
  });
});

describe("an address in a private network is refused when it is saved:", () => {
  test.each([
    "http://169.254.169.254/latest",
    "https://127.0.0.1/v1",
    "https://2130706433/v1",
    "https://0x7f.1/v1",
    "https://[::ffff:10.0.0.1]/v1",
    "https://metadata.google.internal/v1",
    "http://api.example.com/v1",
  ])("%s", async (base_url) => {
    const { status, body } = await create({ base_url });
    expect([status, body.error?.code]).toEqual([400, "provider_address_refused"]);
    const updated = await ask("update", {
      connection_id: connection.id,
      base_url,
      api_key: "sk-canary-aaaabbbbcccc",
    });
    expect(updated.body.error?.code).toBe("provider_address_refused");
  });
});

it("what is not a connection is refused, and a refusal never repeats the key", async () => {
  const refused = await create({ api_key: `${SECRET} with a space` });
  expect([refused.status, refused.body.error?.code]).toEqual([400, "invalid_request"]);
  expect(JSON.stringify(refused.body)).not.toContain("canary");
  expect((await create({ name: "Not a slug" })).body.error?.code).toBe("NM013");
  expect((await create({ secret: "x" })).body.error?.code).toBe("invalid_request");
  expect((await ask("update", { connection_id: owner.userId })).body.error?.code).toBe("NM003");
  expect((await ask("remove", {})).body.error?.code).toBe("route_not_found");
});

it("nobody below admin connects, and nobody reaches another organization's connection", async () => {
  const stranger = await stack.signUp();
  const member = await stack.signUp();
  const invited = await owner.client
    .rpc("invite_member", { organization_id: owner.organizationId, email: member.email, role: "member" })
    .single<{ token: string }>();
  await member.client.rpc("accept_invitation", { token: invited.data?.token });
  const calls = [
    ["create", { organization_id: owner.organizationId, name: "x", base_url: "https://api.example.com/v1" }],
    ["update", { connection_id: connection.id, enabled: false }],
    ["test", { connection_id: connection.id }],
  ] as const;
  for (const [route, body] of calls) {
    expect((await ask(route, body, member)).body.error?.code, route).toBe("NM002");
    expect((await ask(route, body, stranger)).body.error?.code, route).toBe("NM003");
    expect((await ask(route, body, { ...owner, accessToken: "no.such.token" })).status, route).toBe(401);
  }
});

it("a provider that answers with an error is told by its status and in words, without its answer", async () => {
  const base = stack.fakeProviderUrl.replace(/\/v1$/, "");
  const nowhere = await connectFake(stack, owner, { name: "nowhere", base_url: `${base}/nowhere` });
  const { body } = await ask("test", { connection_id: nowhere.id });
  expect(body).toMatchObject({ ok: false, code: "provider_failed", status: 400, models: [] });
});
