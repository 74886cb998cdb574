import { afterEach, expect, test, vi } from "vitest";
import { environmentOf, functionEnvironment } from "./environment.ts";

const secrets = { publishableKey: "public", secretKey: "all-powerful", encryptionKey: "sealing" } as never;
const all = (hasGatewayRole: boolean) =>
  functionEnvironment({
    url: "http://127.0.0.1:1",
    secrets,
    upstream: { url: "http://127.0.0.1:2/v1", isFake: true },
    databaseUrl: (role) => `postgres://${role}@127.0.0.1:3/postgres`,
    hasGatewayRole,
  });

test("the gateway's process has no key of the service and no login but its own", () => {
  const text = JSON.stringify(environmentOf("gateway", all(true)));
  expect(text).not.toContain("all-powerful");
  expect(text.match(/postgres:\/\/\w+/g)).toEqual(["postgres://nemo_gateway"]);
});

test("other functions have what Supabase gives them, and so has a gateway without a login of its own", () => {
  const whole = all(true);
  expect(environmentOf("prompts", whole)).toEqual(whole);
  expect(environmentOf("gateway", all(false))).toMatchObject({
    SUPABASE_DB_URL: "postgres://postgres@127.0.0.1:3/postgres",
  });
});

afterEach(() => vi.unstubAllEnvs());

test.each([
  [undefined, "127.0.0.1:2"],
  ["vllm.internal:8000", "127.0.0.1:2,vllm.internal:8000"],
  ["1", "1"],
])("with %s vouched for, connections may lead to %s", (named, expected) => {
  vi.stubEnv("NEMO_ALLOW_PRIVATE_UPSTREAMS", named);
  expect(all(true).NEMO_ALLOW_PRIVATE_UPSTREAMS).toBe(expected);
});
