/**
 * From nothing to a prompt served through the OpenAI SDK, as an outside program sees it: the stack is started
 * by its command, and only its published addresses are used.
 */
import { createClient } from "@supabase/supabase-js";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FakeProvider, startFakeProvider } from "../local/fake-provider/start-fake-provider.ts";
import { type Harness, startHarness } from "./support/harness.ts";

let provider: FakeProvider;
let stack: Harness;

beforeAll(async () => {
  provider = await startFakeProvider();
  stack = await startHarness(["--no-seed", "--upstream", provider.url]);
});

afterAll(async () => {
  await stack?.stop();
  await provider?.close();
});

async function person(email: string) {
  const client = createClient(stack.url, stack.publishableKey, {
    db: { schema: "nemo" },
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { data, error } = await client.auth.signUp({ email, password: "a long enough password" });
  if (error || !data.session) throw new Error(error?.message ?? "no session");
  return { client, token: data.session.access_token };
}

type Person = Awaited<ReturnType<typeof person>>;

async function answerOf<T>(
  call: PromiseLike<{ data: T | null; error: { message: string } | null }>,
): Promise<T> {
  const { data, error } = await call;
  if (error || data === null) throw new Error(error?.message ?? "no data");
  return data;
}

function activate({ token }: Person, template_id: string, version: number) {
  return fetch(`${stack.url}/functions/v1/prompts/activate`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      apikey: stack.publishableKey,
      "content-type": "application/json",
    },
    body: JSON.stringify({ template_id, version }),
  });
}

const providerControl = (path: string, init?: RequestInit) =>
  fetch(new URL(path, provider.url), init).then((response) => response.json());

async function lastSent(): Promise<Record<string, unknown>> {
  const requests = (await providerControl("/__requests")) as { path: string; body: string }[];
  const chats = requests.filter(({ path }) => path.endsWith("/chat/completions"));
  return JSON.parse(chats.at(-1)?.body ?? "null");
}

describe("a newcomer", () => {
  let owner: Person;
  let organizationId: string;
  let templateId: string;
  let openai: OpenAI;

  beforeAll(async () => {
    owner = await person("owner@first.nemo.test");
  });

  test("gets an organization named after their address, with five dollars of credit", async () => {
    const rows = await answerOf(owner.client.from("organizations").select("id, name"));
    expect(rows).toHaveLength(1);
    expect(rows[0]?.name).toBe("owner");
    organizationId = rows[0]?.id;
    const ledger = await answerOf(owner.client.from("credit_ledger").select("amount_nanousd"));
    expect(ledger.map((row) => Number(row.amount_nanousd))).toEqual([5_000_000_000]);
  });

  test("writes a template, saves it as version 1 and activates it", async () => {
    const template = await answerOf(
      owner.client.rpc("create_template", { organization_id: organizationId, name: "support-agent" }),
    );
    templateId = template.id;
    expect(templateId).toMatch(/^tpl_/);
    const content = 'You are {{ role }}. Answer in {{ lang | default("English") }}.';
    const version = await answerOf(
      owner.client.rpc("save_version", {
        template_id: templateId,
        messages: [{ role: "system", content }],
        config: { model: "fake-gpt" },
      }),
    );
    expect(version.version).toBe(1);
    const response = await activate(owner, templateId, 1);
    expect(response.status, await response.clone().text()).toBe(200);
  });

  test("is answered through the unmodified OpenAI SDK, and the provider saw the rendered prompt only", async () => {
    const made = await answerOf(
      owner.client.rpc("create_api_key", { organization_id: organizationId, name: "test" }),
    );
    openai = new OpenAI({ baseURL: stack.gatewayUrl, apiKey: made.key, maxRetries: 0 });
    const { data, response } = await openai.chat.completions
      .create({
        model: "nemo/support-agent",
        messages: [{ role: "user", content: "Hello" }],
        ...{ nemo_prompt_template_id: "support-agent", nemo_prompt_variables: { role: "a concierge" } },
      })
      .withResponse();
    expect(data.choices[0]?.message.content).toEqual(expect.any(String));
    expect(response.headers.get("x-nemo-template-id")).toBe(templateId);
    expect(response.headers.get("x-nemo-version")).toBe("1");
    expect(response.headers.get("x-nemo-render-hash")).toMatch(/^[0-9a-f]{64}$/);
    const sent = await lastSent();
    expect(sent).toEqual({
      model: "fake-gpt",
      messages: [
        { role: "system", content: "You are a concierge. Answer in English." },
        { role: "user", content: "Hello" },
      ],
    });
  });

  test("is answered as a stream, without a chunk they did not ask for", async () => {
    const stream = await openai.chat.completions.create({
      model: "nemo/support-agent",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      ...{ nemo_prompt_variables: { role: "a concierge", lang: "French" } },
    });
    let text = "";
    let usageChunks = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      if (chunk.usage) usageChunks += 1;
    }
    expect(text.length).toBeGreaterThan(0);
    expect(usageChunks).toBe(0);
    expect(await lastSent()).toMatchObject({
      stream: true,
      messages: [{ content: "You are a concierge. Answer in French." }, { content: "Hello" }],
    });
  });

  test("finds both requests in the log, counted and without text", async () => {
    const rows = await expect
      .poll(async () => answerOf(owner.client.from("prompt_logs").select("*")))
      .toHaveLength(2)
      .then(() => answerOf(owner.client.from("prompt_logs").select("*")));
    for (const row of rows) {
      expect(row).toMatchObject({
        organization_id: organizationId,
        template_id: templateId,
        version: 1,
        status: 200,
      });
      expect(row.prompt_tokens).toBeGreaterThan(0);
      expect(row.completion_tokens).toBeGreaterThan(0);
      expect([row.variables, row.rendered_messages, row.response]).toEqual([null, null, null]);
    }
  });

  test("is told every missing and unknown variable at once", async () => {
    const call = openai.chat.completions.create({
      model: "nemo/support-agent",
      messages: [{ role: "user", content: "Hello" }],
    });
    await expect(call).rejects.toMatchObject({ status: 422, code: "prompt_variables_missing" });
  });

  test("cannot be seen by someone in another organization", async () => {
    const stranger = await person("owner@second.nemo.test");
    expect(await answerOf(stranger.client.from("prompt_templates").select("id"))).toEqual([]);
    expect(await answerOf(stranger.client.from("prompt_versions").select("version"))).toEqual([]);
    expect(await answerOf(stranger.client.from("prompt_logs").select("request_id"))).toEqual([]);
    const refused = await activate(stranger, templateId, 1);
    expect(refused.status).toBe(404);
    expect(await answerOf(owner.client.from("prompt_versions").select("version"))).toEqual([{ version: 1 }]);
  });
});

describe("a wrong request", () => {
  const client = (apiKey: string) => new OpenAI({ baseURL: stack.gatewayUrl, apiKey, maxRetries: 0 });
  const hello = { model: "fake-gpt", messages: [{ role: "user" as const, content: "Hello" }] };

  test("with an unknown key is refused as OpenAI would", async () => {
    await expect(client(`nemo_sk_${"0".repeat(43)}`).chat.completions.create(hello)).rejects.toMatchObject({
      status: 401,
      code: "invalid_api_key",
    });
  });

  test("without a key is refused as well", async () => {
    const response = await fetch(`${stack.gatewayUrl}/chat/completions`, { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "invalid_api_key" } });
  });
});
