import { createHash } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { canonicalJson } from "../_shared/core/prompt/canonical-hash.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack, "You are {{ role }}.", { config: { model: "fake-gpt", temperature: 0.25 } });
});

const userMessage = (content: string) => [{ role: "user" as const, content }];

it("the unmodified OpenAI SDK is served the rendered prompt, and the provider sees no nemo_ field", async () => {
  const text = marker();
  const { data, response } = await team.openai.chat.completions
    .create({
      model: "nemo",
      messages: userMessage(text),
      metadata: { kept: "yes", nemo_secret: "no" },
      ...{ nemo_prompt_template_id: team.templateId, nemo_prompt_variables: { role: "terse" } },
    })
    .withResponse();
  expect(data.choices[0]?.message.content).toBeTruthy();
  const { json, body } = await team.received(text);
  expect(json).toEqual({
    model: "fake-gpt",
    temperature: 0.25,
    messages: [{ role: "system", content: "You are terse." }, ...userMessage(text)],
    metadata: { kept: "yes" },
  });
  expect(body).not.toContain("nemo_");
  expect(response.headers.get("x-nemo-template-id")).toBe(team.templateId);
  expect(response.headers.get("x-nemo-version")).toBe("1");
  const hash = createHash("sha256")
    .update(canonicalJson([{ role: "system", content: "You are terse." }]))
    .digest("hex");
  expect(response.headers.get("x-nemo-render-hash")).toBe(hash);
  for (const part of ["auth", "resolve", "render", "upstream"])
    expect(response.headers.get("server-timing")).toContain(part);
  const row = await team.logged(response.headers.get("x-nemo-request-id") as string);
  expect(row).toMatchObject({
    template_id: team.templateId,
    version: 1,
    render_hash: hash,
    status: 200,
    model: "fake-gpt",
    variables: null,
    rendered_messages: null,
    response: null,
  });
});

it("a streamed answer comes whole, its extra usage chunk does not, and its usage is charged", async () => {
  const text = marker();
  const { data, response } = await team.openai.chat.completions
    .create({
      model: `nemo/${team.name}`,
      messages: userMessage(text),
      stream: true,
      ...{ nemo_prompt_variables: { role: "kind" } },
    })
    .withResponse();
  let answer = "";
  for await (const chunk of data) {
    expect(chunk.choices.length).toBeGreaterThan(0);
    answer += chunk.choices[0]?.delta.content ?? "";
  }
  expect(answer).not.toBe("");
  expect((await team.received(text)).json.stream_options).toEqual({ include_usage: true });
  const row = await team.logged(response.headers.get("x-nemo-request-id") as string);
  expect(row).toMatchObject({ status: 200, error_code: null, usage_estimated: false });
  expect(row.completion_tokens).toBeGreaterThan(0);
  const charges =
    await team.sql`select -amount_nanousd as cost from nemo.credit_ledger where request_id = ${row.request_id as string}`;
  expect([...charges]).toEqual([{ cost: row.cost_nanousd }]);
});

it("a client that asks for the usage chunk gets it", async () => {
  const stream = await team.openai.chat.completions.create({
    model: `nemo/${team.name}`,
    messages: userMessage(marker()),
    stream: true,
    stream_options: { include_usage: true },
    ...{ nemo_prompt_variables: { role: "kind" } },
  });
  let usage = 0;
  for await (const chunk of stream) if (chunk.usage) usage++;
  expect(usage).toBe(1);
});

it("without a template the request reaches the provider byte for byte", async () => {
  const text = marker();
  const body = `{ "model":"fake-gpt",  "messages":[{"role":"user","content":"${text}"}], "seed": 12345678901234567890, "x_unknown": 1.0 }`;
  const response = await team.post("/chat/completions", body);
  expect(response.status).toBe(200);
  expect((await team.received(text)).body).toBe(body);
  expect(response.headers.has("x-nemo-template-id")).toBe(false);
});

it("the client's explicit parameter wins over the version's config", async () => {
  const text = marker();
  await team.openai.chat.completions.create({
    model: "fake-gpt-mini",
    temperature: 1,
    messages: userMessage(text),
    ...{ nemo_prompt_template_id: team.name, nemo_prompt_variables: { role: "x" } },
  });
  expect((await team.received(text)).json).toMatchObject({ model: "fake-gpt-mini", temperature: 1 });
});

it("values of variables and client messages are never rendered", async () => {
  const text = marker();
  await team.openai.chat.completions.create({
    model: `nemo/${team.name}`,
    messages: userMessage(`${text} {{ 6 * 7 }}`),
    ...{ nemo_prompt_variables: { role: "{{ 6 * 7 }}" } },
  });
  expect((await team.received(text)).json.messages).toEqual([
    { role: "system", content: "You are {{ 6 * 7 }}." },
    { role: "user", content: `${text} {{ 6 * 7 }}` },
  ]);
});

it("selection goes by field, then header, then model name", async () => {
  const other = await team.save("Other {{ role }}.");
  const text = marker();
  const base = { messages: userMessage(text), nemo_prompt_variables: { role: "x" } };
  const header = { "x-nemo-prompt-template-id": team.name };
  const byField = await team.post(
    "/chat/completions",
    { ...base, model: "nemo/missing", nemo_prompt_template_id: team.name },
    { "x-nemo-prompt-template-id": "missing" },
  );
  expect(byField.status).toBe(200);
  const byHeader = await team.post("/chat/completions", { ...base, model: "nemo/missing" }, header);
  expect(byHeader.status).toBe(200);
  const pinned = await team.post("/chat/completions", { ...base, model: `nemo/${team.name}@v${other}` });
  expect(pinned.headers.get("x-nemo-version")).toBe(String(other));
});

it("a request that begins after an acknowledged activation is served the new version", async () => {
  for (let round = 0; round < 10; round++) {
    const version = await team.save(`Round ${round} {{ role }}.`);
    await team.activate(version);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        team.post("/chat/completions", {
          model: `nemo/${team.name}`,
          messages: [],
          nemo_prompt_variables: { role: "x" },
        }),
      ),
    );
    for (const answer of answers) expect(answer.headers.get("x-nemo-version")).toBe(String(version));
  }
});
