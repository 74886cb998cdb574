import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { callPrompts } from "./testing/prompts-client.ts";

const stack = useStack();
const body = { messages: [{ role: "user", content: "Hello" }] };
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** The claims of a real token under another signature. */
function forge(token: string, header: object, signature: (input: string) => string): string {
  const claims = token.split(".")[1];
  const input = `${base64url(header)}.${claims}`;
  return `${input}.${signature(input)}`;
}

test("a signed-in person gets an answer", async () => {
  const { accessToken } = await stack.signUp();
  expect((await callPrompts(stack, "/lint", { token: accessToken, body })).status).toBe(200);
});

test("no token, the project's own keys and a Nemo key are refused", async () => {
  for (const token of [undefined, "", stack.publishableKey, stack.secretKey, "nemo_sk_0123456789", "a.b.c"]) {
    const answer = await callPrompts(stack, "/lint", { token, body });
    expect([answer.status, answer.body.error.code], String(token)).toEqual([401, "not_signed_in"]);
  }
});

test("forged tokens are refused: another secret, no signature, an unknown key, a changed person", async () => {
  const { accessToken } = await stack.signUp();
  const [header = "", claims = "", signature = ""] = accessToken.split(".");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const es256 = (input: string) =>
    sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
  const changed = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), sub: crypto.randomUUID() };
  const forged = [
    forge(accessToken, { alg: "HS256", typ: "JWT" }, (input) =>
      createHmac("sha256", "guess").update(input).digest("base64url"),
    ),
    forge(accessToken, { alg: "none", typ: "JWT" }, () => "AA"),
    forge(accessToken, { alg: "ES256", typ: "JWT", kid: "made-up" }, es256),
    `${header}.${base64url(changed)}.${signature}`,
  ];
  for (const token of forged) {
    const answer = await callPrompts(stack, "/lint", { token, body });
    expect([answer.status, answer.body.error.code], token.slice(0, 40)).toEqual([401, "not_signed_in"]);
  }
});

test("a browser of any origin may ask, and is told what it may send", async () => {
  const preflight = await callPrompts(stack, "/activate", {
    method: "OPTIONS",
    headers: {
      origin: "https://dashboard.test",
      "access-control-request-headers": "authorization, content-type",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization, content-type");
  const refused = await callPrompts(stack, "/activate", { body });
  expect(refused.headers.get("access-control-allow-origin")).toBe("*");
});

test("what is no request of this function is refused with a code", async () => {
  const { accessToken: token } = await stack.signUp();
  const refusals: [string, unknown, string | undefined, number, string][] = [
    ["/nothing", {}, undefined, 404, "route_not_found"],
    ["/constructor", {}, undefined, 404, "route_not_found"],
    ["/activate", undefined, "GET", 404, "route_not_found"],
    ["/activate", "{", undefined, 400, "invalid_request"],
    ["/activate", [], undefined, 400, "invalid_request"],
    ["/activate", { template_id: "tpl_1" }, undefined, 400, "invalid_request"],
    ["/activate", { template_id: 1, version: 1 }, undefined, 400, "invalid_request"],
    ["/activate", { template_id: "tpl_1", version: 1.5 }, undefined, 400, "invalid_request"],
    ["/activate", { template_id: "tpl_1", version: 1e12 }, undefined, 400, "invalid_request"],
    ["/lint", { template_id: "x'; drop table", version: 1 }, undefined, 404, "version_not_found"],
    ["/lint", " ".repeat(2_000_000), undefined, 413, "request_too_large"],
  ];
  for (const [path, sent, method, status, code] of refusals) {
    const answer = await callPrompts(stack, path, { token, body: sent, ...(method ? { method } : {}) });
    expect([answer.status, answer.body.error.code], `${path} ${JSON.stringify(sent)?.slice(0, 60)}`).toEqual([
      status,
      code,
    ]);
    expect(answer.body.error.message).toMatch(/\.$/);
  }
});

test("linting a draft answers the report and stores nothing", async () => {
  const { accessToken: token, client } = await stack.signUp();
  const draft = { messages: [{ role: "system", content: "{{ x" }], contract: { variables: { y: {} } } };
  const answer = await callPrompts(stack, "/lint", { token, body: draft });
  expect([answer.status, answer.body.passed]).toEqual([200, false]);
  expect(answer.body.findings[0]).toMatchObject({ rule: "syntax", messageIndex: 0 });
  expect((await client.from("lint_reports").select("id")).data).toEqual([]);
});
