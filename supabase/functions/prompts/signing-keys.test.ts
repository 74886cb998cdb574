import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPromptsStore, type PromptsStore } from "./prompts-store.ts";

/*
 * A hosted project signs tokens with a key pair and publishes the public half. The local stack signs with a
 * shared secret, so a project's key endpoint is stood up here, and nothing else of it.
 */
const kid = randomUUID();
const project = generateKeyPairSync("ec", { namedCurve: "P-256" });
const somebody = generateKeyPairSync("ec", { namedCurve: "P-256" });
let server: Server;
let store: PromptsStore;

beforeAll(async () => {
  const jwk = {
    ...project.publicKey.export({ format: "jwk" }),
    kid,
    alg: "ES256",
    use: "sig",
    key_ops: ["verify"],
  };
  server = createServer((request, response) => {
    const isKeys = request.url?.startsWith("/auth/v1/.well-known/jwks.json");
    response.writeHead(isKeys ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : { code: 401, msg: "invalid JWT" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  store = storeFor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function storeFor(url: string): PromptsStore {
  const environment: Record<string, string> = {
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEYS: '{"default":"sb_publishable_test"}',
    SUPABASE_SECRET_KEYS: '{"default":"sb_secret_test"}',
  };
  return createPromptsStore((name) => environment[name]);
}

function token(
  claims: object,
  key: KeyObject = project.privateKey,
  header: object = { alg: "ES256", kid, typ: "JWT" },
) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const input = `${part(header)}.${part({ exp: Math.floor(Date.now() / 1000) + 60, ...claims })}`;
  return `${input}.${sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

const person = { sub: randomUUID(), role: "authenticated" };

test("a token signed with the project's key is its person's", async () => {
  expect(await store.identify(token(person))).toBe(person.sub);
});

test("a token of another key, an expired one, and one of no person are refused", async () => {
  const refused = [
    token(person, somebody.privateKey),
    token({ ...person, exp: 1 }),
    token({ role: "authenticated" }),
    token({ ...person, role: "anon" }),
    token({ ...person, role: "service_role" }),
    token(person, project.privateKey, { alg: "ES256", kid: randomUUID(), typ: "JWT" }),
  ];
  for (const one of refused)
    await expect(store.identify(one)).rejects.toMatchObject({ status: 401, code: "not_signed_in" });
});

test("Auth that cannot be reached is not taken for a bad token", async () => {
  const nowhere = storeFor("http://localhost:1");
  await expect(nowhere.identify(token(person))).rejects.toMatchObject({
    status: 503,
    code: "database_unavailable",
  });
});
