import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { exchange, sentJson } from "./testing/exchange.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
const schema = { name: "reply", schema: { type: "object" }, strict: true };
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack, "You are {{ role }}.", {
    config: {
      model: "gpt-4o-mini",
      max_tokens: 64,
      temperature: 0.5,
      seed: 7,
      reasoning_effort: "low",
      response_format: { type: "json_schema", json_schema: schema },
      tools: [{ type: "function", function: { name: "search", parameters: { type: "object" } } }],
      tool_choice: { type: "function", function: { name: "search" } },
    },
  });
});
const prompt = () => ({ model: `nemo/${team.name}`, nemo_prompt_variables: { role: "terse" } });

/** The log row of an answer, and what it was charged. */
async function recorded(headers: Headers) {
  const row = await team.logged(headers.get("x-nemo-request-id") as string);
  const charges =
    await team.sql`select -amount_nanousd as cost from nemo.credit_ledger where request_id = ${row.request_id as string}`;
  return { row, charged: charges[0]?.cost ?? null };
}

it("a response is asked for in its own words: instructions, and the version's config translated", async () => {
  const write = (input: string) => ({ ...prompt(), input, nemo_prompt_subject: "s" });
  const { sent, headers, marker } = await exchange(team, write, { path: "/responses" });
  expect(JSON.parse(sent as string)).toEqual({
    model: "gpt-4o-mini",
    instructions: "You are terse.",
    input: marker,
    max_output_tokens: 64,
    temperature: 0.5,
    reasoning: { effort: "low" },
    text: { format: { type: "json_schema", ...schema } },
    tools: [{ type: "function", name: "search", parameters: { type: "object" } }],
    tool_choice: { type: "function", name: "search" },
  });
  const { row, charged } = await recorded(headers);
  expect(row).toMatchObject({ endpoint: "responses", template_id: team.templateId, version: 1, status: 200 });
  expect(row.prompt_tokens).toBeGreaterThan(0);
  expect(row.completion_tokens).toBeGreaterThan(0);
  expect(Number(charged)).toBeGreaterThan(0);
  expect(charged).toBe(row.cost_nanousd);
});

it("a streamed response is piped to the byte, and its usage is charged", async () => {
  const text = marker();
  const body = { model: "gpt-4o-mini", input: text, stream: true };
  const response = await team.post("/responses", body);
  const direct = await fetch(`${stack.fakeProviderUrl}/responses`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  expect(await response.text()).toBe(await direct.text());
  const { row, charged } = await recorded(response.headers);
  expect(row).toMatchObject({ endpoint: "responses", usage_estimated: false, error_code: null });
  expect(Number(charged)).toBeGreaterThan(0);
  expect((await stack.provider.requests(text))[0]?.body).toBe(JSON.stringify(body));
});

it("the client's instructions come after the version's, its input after the version's other messages", async () => {
  const messages = [
    { role: "system", content: "First." },
    { role: "user", content: "Example?" },
    { role: "developer", content: "Second." },
    { role: "assistant", content: "Example." },
  ];
  const { person } = team;
  const made = await person.client.rpc("create_template", {
    organization_id: person.organizationId,
    name: `talk-${marker().slice(0, 8)}`,
  });
  const saved = await person.client.rpc("save_version", {
    template_id: made.data.id,
    messages,
    config: { model: "fake-gpt" },
  });
  expect(saved.error).toBeNull();
  const ask = async (more: object) => {
    const write = (mark: string) => ({ model: `nemo/${made.data.name}@v1`, metadata: { mark }, ...more });
    const { sent } = await exchange(team, write, { path: "/responses" });
    const { instructions, input } = JSON.parse(sent as string);
    return { instructions, input };
  };
  const said = [messages[1], messages[3]];
  expect(await ask({ input: "Mine", instructions: "Third." })).toEqual({
    instructions: "First.\n\nSecond.\n\nThird.",
    input: [...said, { role: "user", content: "Mine" }],
  });
  const items = [{ type: "function_call_output", call_id: "c", output: "1" }];
  expect(await ask({ input: items, instructions: null })).toEqual({
    instructions: "First.\n\nSecond.",
    input: [...said, ...items],
  });
});

it("embeddings pass byte for byte, are logged and charged, and take no template", async () => {
  await team.sql`update nemo.api_keys set default_template_id = ${team.templateId} where organization_id = ${team.person.organizationId}`;
  const write = (text: string) =>
    `{ "model": "text-embedding-3-small", "input": ["${text}"], "dimensions": 4.0 }`;
  const options = { path: "/embeddings", headers: { "x-nemo-prompt-template-id": team.name } };
  const { sent, status, headers, marker } = await exchange(team, write, options);
  expect([status, sent]).toEqual([200, write(marker)]);
  const { row, charged } = await recorded(headers);
  expect(row).toMatchObject({
    endpoint: "embeddings",
    template_id: null,
    completion_tokens: 0,
    usage_estimated: false,
  });
  expect(row.prompt_tokens).toBeGreaterThan(0);
  expect(charged).toBe(row.cost_nanousd);
  for (const [fields, param] of [
    [{ model: `nemo/${team.name}` }, "model"],
    [{ model: "fake-embedding", nemo_prompt_template_id: team.name }, "nemo_prompt_template_id"],
  ] as const) {
    const refused = await exchange(team, (input) => ({ input, ...fields }), { path: "/embeddings" });
    expect([refused.status, refused.sent, refused.answer.error?.param]).toEqual([400, null, param]);
  }
  await team.sql`update nemo.api_keys set default_template_id = null where organization_id = ${team.person.organizationId}`;
});

it("a dry run answers what would be sent, with its receipt, calls no provider and costs nothing", async () => {
  const write = (user: string) => ({ ...prompt(), user, messages: [{ role: "user", content: "Hi" }] });
  const would = await exchange(team, write, { path: `/prompts/${team.name}/render` });
  const did = await sentJson(team, write);
  expect([would.status, would.sent]).toEqual([200, null]);
  expect(would.answer).toMatchObject({ object: "prompt.render", request: { ...did, user: would.marker } });
  expect(would.answer).toMatchObject({ messages: did.messages });
  expect(would.headers.get("x-nemo-render-hash")).toMatch(/^[0-9a-f]{64}$/);
  expect((await recorded(would.headers)).charged).toBeNull();
  const bare = await exchange(team, () => "", { path: `/prompts/${team.name}/render` });
  expect(bare.answer.error?.code).toBe("prompt_variables_missing");
  for (const name of ["missing", "%E0%A4%A", "tpl_x"]) {
    const missing = await exchange(team, write, { path: `/prompts/${name}/render` });
    expect([missing.status, missing.answer.error?.code]).toEqual([404, "template_not_found"]);
  }
});
