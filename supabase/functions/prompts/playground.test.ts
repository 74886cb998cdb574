import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/eventually.ts";
import { type Person, useStack } from "../../../tests/support/stack.ts";
import { callPrompts, join, makeTemplate } from "./testing/prompts-client.ts";

const stack = useStack();

const model = "fake-gpt";
const draft = (content: string) => ({ messages: [{ role: "system", content }], config: { model } });

const tryDraft = (person: Person, template_id: string, body: object) =>
  callPrompts(stack, "/playground", { token: person.accessToken, body: { template_id, ...body } });

/** The log's only row, as soon as it is there. */
const loggedRow = ({ client, organizationId }: Person) =>
  eventually(async () => {
    const { data } = await client.from("prompt_logs").select("*").eq("organization_id", organizationId);
    expect(data).toHaveLength(1);
    return data![0];
  });

test("a draft is rendered here and streamed through the gateway: answered, logged and charged as a request", async () => {
  const owner = await stack.signUp();
  const template = await makeTemplate(owner);
  const marker = randomUUID();
  const { status, headers, text } = await tryDraft(owner, template, {
    ...draft(`You are {{ role }} (${marker}).`),
    config: { model: "gpt-4o-mini", temperature: 0.5 },
    variables: { role: "a clerk" },
    input: [{ role: "user", content: "{{ not rendered }}" }],
  });
  expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("text/event-stream")]);
  expect(text).toContain("[DONE]");
  const [sent] = await stack.provider.requests(marker);
  expect(JSON.parse(sent!.body)).toMatchObject({
    model: "gpt-4o-mini",
    temperature: 0.5,
    messages: [
      { role: "system", content: `You are a clerk (${marker}).` },
      { role: "user", content: "{{ not rendered }}" },
    ],
  });
  const row = await loggedRow(owner);
  const { data: key } = await owner.client.from("api_keys").select("*").eq("id", row.api_key_id).single();
  expect([row.status, row.client_request_id, row.cost_nanousd > 0]).toEqual([
    200,
    `playground ${template}`,
    true,
  ]);
  expect(row.request_id).toBe(headers.get("x-nemo-request-id"));
  expect([key.name, key.purpose]).toEqual(["Playground", "playground"]);
});

test("no answer and no row holds the key, and the browser's token opens nothing at the gateway", async () => {
  const owner = await stack.signUp();
  const { headers, text } = await tryDraft(owner, await makeTemplate(owner), draft("Hello"));
  expect(JSON.stringify([...headers]) + text).not.toContain("nemo_sk_");
  const answer = await fetch(`${stack.gatewayUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${owner.accessToken}` },
    body: "{}",
  });
  expect(answer.status).toBe(401);
});

test("who may not: strangers see no template, viewers have no right, nobody without a session", async () => {
  const [owner, viewer, stranger] = await Promise.all([stack.signUp(), stack.signUp(), stack.signUp()]);
  await join(owner, viewer, "viewer");
  const template = await makeTemplate(owner);
  const refused = [
    await tryDraft(stranger, template, draft("Hello")),
    await tryDraft(viewer, template, draft("Hello")),
    await callPrompts(stack, "/playground", { body: { template_id: template, ...draft("Hello") } }),
  ];
  expect(refused.map(({ status, body }) => [status, body.error.code])).toEqual([
    [404, "version_not_found"],
    [403, "NM002"],
    [401, "not_signed_in"],
  ]);
  const direct = await owner.client.rpc("open_playground", {
    template_id: template,
    key_hash: "f".repeat(64),
  });
  expect(direct.error?.code).toBe("42501");
});

test("what goes wrong is said in a sentence: values, the draft, the model, credit, the provider", async () => {
  const owner = await stack.signUp();
  const template = await makeTemplate(owner);
  const failing = stack.provider.modelThat({ failure: "refuse" });
  const cases = [
    draft("Hello {{ name }}"),
    { ...draft("Hello {{ name | uper }}"), variables: { name: "Ada" } },
    { messages: "nothing" },
    { messages: draft("x").messages, config: {} },
    { ...draft("Hello"), config: { model: failing } },
  ];
  const answers = await Promise.all(cases.map((body) => tryDraft(owner, template, body)));
  expect(answers.map(({ status, body }) => [status, body?.error.code])).toEqual([
    [422, "prompt_variables_missing"],
    [422, "prompt_render_failed"],
    [400, "invalid_request"],
    [400, "invalid_request"],
    [502, "upstream_unreachable"],
  ]);
  const sql = postgres(stack.adminDbUrl, { max: 1, onnotice: () => {} });
  await sql`update nemo_private.credit_balances set balance_nanousd = 0 where organization_id = ${owner.organizationId}`;
  await sql.end();
  const broke = await tryDraft(owner, template, draft("Hello"));
  expect([broke.status, broke.body.error.code]).toEqual([402, "insufficient_credits"]);
});

test("revoking its key switches the playground off until an admin switches it on", async () => {
  const [owner, member] = await Promise.all([stack.signUp(), stack.signUp()]);
  await join(owner, member, "member");
  const template = await makeTemplate(owner);
  expect((await tryDraft(member, template, draft("Hello"))).status).toBe(200);
  const { data: key } = await owner.client
    .from("api_keys")
    .select("id")
    .eq("organization_id", owner.organizationId)
    .eq("purpose", "playground")
    .single();
  await owner.client.rpc("revoke_api_key", { api_key_id: key!.id });
  const off = await tryDraft(member, template, draft("Hello"));
  expect([off.status, off.body.error.code]).toEqual([400, "NM042"]);
  const restore = { organization_id: owner.organizationId };
  expect((await member.client.rpc("restore_playground", restore)).error?.code).toBe("NM002");
  expect((await owner.client.rpc("restore_playground", restore)).error).toBeNull();
  expect((await tryDraft(member, template, draft("Hello"))).status).toBe(200);
});

test("numbers reach a draft and a saved version as they were written", async () => {
  const owner = await stack.signUp();
  const template = await makeTemplate(owner);
  const marker = randomUUID();
  const text = `{{ n }} {{ id }} ${marker}`;
  const { messages, config } = draft(text);
  await owner.client.rpc("save_version", { template_id: template, messages, config }).throwOnError();
  const { data: saved } = await owner.client
    .from("prompt_templates")
    .select("latest_version")
    .eq("id", template)
    .single()
    .throwOnError();
  for (const of of [JSON.stringify({ messages, config }), `{"version": ${saved.latest_version}}`]) {
    const { status } = await callPrompts(stack, "/playground", {
      token: owner.accessToken,
      body: `{"template_id": "${template}", "variables": {"n": 1.0, "id": 12345678901234567890}, ${of.slice(1)}`,
    });
    expect(status).toBe(200);
  }
  const sent = (await stack.provider.requests(marker)).map(
    ({ body }) => JSON.parse(body).messages[0].content,
  );
  expect(sent).toEqual(Array(2).fill(`1.0 12345678901234567890 ${marker}`));
});
