import OpenAI from "openai";
import { beforeAll, expect, it } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack);
});

async function refusal(body: unknown, headers?: Record<string, string>) {
  const response = await team.post("/chat/completions", body, headers);
  const { error } = (await response.json()) as {
    error: { code: string; type: string; param: string | null; message: string };
  };
  return {
    status: response.status,
    ...error,
    requestId: response.headers.get("x-nemo-request-id"),
    headers: response.headers,
  };
}

it("a wrong key is a typed authentication error of the SDK", async () => {
  const client = new OpenAI({ apiKey: "nemo_sk_wrong", baseURL: stack.gatewayUrl, maxRetries: 0 });
  const error = await client.chat.completions
    .create({ model: "fake-gpt", messages: [] })
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
  expect((error as { code: string }).code).toBe("invalid_api_key");
});

it("a revoked key is refused by the next request", async () => {
  const other = await makeTeam(stack);
  const body = { model: "fake-gpt", messages: [] };
  expect((await other.post("/chat/completions", body)).status).toBe(200);
  const keys = await other.person.client.from("api_keys").select("id").single<{ id: string }>();
  await other.person.client.rpc("revoke_api_key", { api_key_id: keys.data?.id });
  expect((await other.post("/chat/completions", body)).status).toBe(401);
});

it("another tenant's template and a missing one answer alike, and the first is counted for its owner", async () => {
  const stranger = await makeTeam(stack);
  const foreign = await refusal({ nemo_prompt_template_id: stranger.templateId, messages: [] });
  const missing = await refusal({ nemo_prompt_template_id: `tpl_${"0".repeat(24)}`, messages: [] });
  expect([foreign.status, foreign.code, foreign.message]).toEqual([
    404,
    "template_not_found",
    missing.message,
  ]);
  await eventually(async () => {
    const { data } = await stranger.person.client.from("access_denials").select("template_id, source");
    expect(data).toEqual([{ template_id: stranger.templateId, source: "gateway" }]);
  });
});

it("all missing and all unknown variables are named at once", async () => {
  const version = await team.save("{{ first }} {{ second }}");
  const missing = await refusal({ model: `nemo/${team.name}@v${version}`, messages: [] });
  expect([missing.status, missing.code]).toEqual([422, "prompt_variables_missing"]);
  expect(missing.message).toMatch(/first.*second/);
  const unknown = await refusal({
    model: `nemo/${team.name}@v${version}`,
    messages: [],
    nemo_prompt_variables: { first: 1, second: 2, third: 3, fourth: 4 },
  });
  expect([unknown.status, unknown.code]).toEqual([422, "prompt_variables_unknown"]);
  expect(unknown.message).toMatch(/third.*fourth/);
});

it("an unknown nemo_ field is an error and not silence", async () => {
  expect(await refusal({ model: "fake-gpt", messages: [], nemo_prompt_varibles: {} })).toMatchObject({
    status: 400,
    code: "unknown_nemo_field",
    param: "nemo_prompt_varibles",
  });
});

it("an inactive template is 409 until a version is pinned", async () => {
  const other = await makeTeam(stack);
  await other.person.client.rpc("deactivate_template", { template_id: other.templateId });
  const ask = async (model: string) =>
    (await other.post("/chat/completions", { model, messages: [], nemo_prompt_variables: { role: "x" } }))
      .status;
  expect(await ask(`nemo/${other.name}`)).toBe(409);
  expect(await ask(`nemo/${other.name}@v1`)).toBe(200);
});

it("bodies that are not a JSON object, and bodies above 4 MB, are refused", async () => {
  expect(await refusal("{")).toMatchObject({ status: 400, code: "invalid_request" });
  expect(await refusal("[1]")).toMatchObject({ status: 400, code: "invalid_request" });
  expect(await refusal({ filler: "x".repeat(5 * 1024 * 1024) })).toMatchObject({
    status: 413,
    code: "request_too_large",
  });
});

it("a key over its requests per minute gets 429 with retry-after and the rate limit headers", async () => {
  const other = await makeTeam(stack);
  await other.sql`update nemo.api_keys set requests_per_minute = 3 where organization_id = ${other.person.organizationId}`;
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => other.post("/chat/completions", { model: "fake-gpt", messages: [] })),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(5);
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused[0]?.headers.get("x-ratelimit-limit-requests")).toBe("3");
});

it("without credit the provider is not called", async () => {
  const other = await makeTeam(stack);
  const text = marker();
  await other.sql`update nemo_private.credit_balances set balance_nanousd = 0 where organization_id = ${other.person.organizationId}`;
  const response = await other.post("/chat/completions", {
    model: "fake-gpt",
    messages: [{ role: "user", content: text }],
  });
  expect([response.status, await response.json()]).toMatchObject([
    402,
    { error: { code: "insufficient_credits" } },
  ]);
  expect(await stack.provider.requests(text)).toEqual([]);
});

it("a browser's preflight is answered, with whatever headers its SDK sends", async () => {
  const response = await fetch(`${stack.gatewayUrl}/chat/completions`, {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,x-stainless-retry-count",
    },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-headers")).toContain("x-stainless-retry-count");
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
});
