import OpenAI from "openai";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FakeProvider, type RecordedRequest, startFakeProvider } from "./start-fake-provider.ts";

describe("the fake provider", () => {
  let provider: FakeProvider;
  let openai: OpenAI;
  const control = (method: string, path: string, body?: object) =>
    fetch(provider.url.replace("/v1", path), { method, ...(body && { body: JSON.stringify(body) }) });
  const messages = [
    { role: "system" as const, content: "You sell fish." },
    { role: "user" as const, content: "Fresh?" },
  ];

  beforeAll(async () => {
    provider = await startFakeProvider();
    openai = new OpenAI({ baseURL: provider.url, apiKey: "any", maxRetries: 0 });
  });
  afterAll(() => provider.close());
  afterEach(() => Promise.all([control("DELETE", "/__behaviour"), control("DELETE", "/__requests")]));

  test("says in its text and in its model's name that it is fake", async () => {
    const answer = await openai.chat.completions.create({ model: "gpt-4o", messages });
    expect(answer.model).toBe("fake-gpt-4o");
    expect(answer.choices[0]?.message.content).toMatch(/^This is a fake answer.*You sell fish\..*Fresh\?/);
    const models = await openai.models.list();
    expect(models.data.every(({ id }) => id.includes("fake"))).toBe(true);
  });

  test("answers the same request with the same bytes", async () => {
    const ask = async () =>
      (
        await fetch(`${provider.url}/chat/completions`, {
          method: "POST",
          body: JSON.stringify({ messages }),
        })
      ).text();
    expect(await ask()).toBe(await ask());
  });

  test("streams the same text, with usage only if it was asked for", async () => {
    const whole = await openai.chat.completions.create({ model: "fake-gpt", messages });
    for (const include_usage of [true, false]) {
      const stream = await openai.chat.completions.create({
        model: "fake-gpt",
        messages,
        stream: true,
        stream_options: { include_usage },
      });
      let text = "";
      let usage: unknown;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? "";
        usage ??= chunk.usage;
      }
      expect(text).toBe(whole.choices[0]?.message.content);
      expect(usage ?? null).toEqual(include_usage ? whole.usage : null);
    }
  });

  test("gives several choices, logprobs, a required tool's call and JSON that fits a schema", async () => {
    const schema = {
      type: "object",
      properties: { ok: { type: "boolean" }, words: { type: "array", items: { type: "string" } } },
    };
    const answer = await openai.chat.completions.create({
      model: "fake-gpt",
      messages,
      n: 2,
      logprobs: true,
      response_format: { type: "json_schema", json_schema: { name: "x", schema } },
    });
    expect(answer.choices).toHaveLength(2);
    expect(JSON.parse(answer.choices[0]?.message.content ?? "")).toEqual({ ok: true, words: ["fake"] });
    expect(answer.choices[0]?.logprobs?.content?.length).toBeGreaterThan(0);
    const called = await openai.chat.completions.create({
      model: "fake-gpt",
      messages,
      tool_choice: "required",
      tools: [
        {
          type: "function",
          function: {
            name: "look_up",
            parameters: { type: "object", properties: { id: { type: "integer" } } },
          },
        },
      ],
    });
    expect(called.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: { content: null, tool_calls: [{ function: { name: "look_up", arguments: '{"id":1}' } }] },
    });
  });

  test("records what it received, byte for byte", async () => {
    const body = '{ "model":"fake-gpt",  "messages":[{"role":"user","content":"é😀"}] }';
    await fetch(`${provider.url}/chat/completions`, { method: "POST", body, headers: { "x-own": "1" } });
    const [recorded] = (await (await control("GET", "/__requests")).json()) as RecordedRequest[];
    expect(recorded).toMatchObject({ method: "POST", path: "/v1/chat/completions", body, aborted: false });
    expect(recorded?.headers["x-own"]).toBe("1");
  });

  test("records that a caller went away", async () => {
    const caller = new AbortController();
    const request = fetch(`${provider.url}/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ model: "fake-gpt:failure=hang", messages }),
      signal: caller.signal,
    });
    const aborted = async () =>
      ((await (await control("GET", "/__requests")).json()) as RecordedRequest[])[0]?.aborted;
    await expect.poll(aborted).toBe(false);
    caller.abort();
    await expect(request).rejects.toThrow();
    await expect.poll(aborted).toBe(true);
  });

  test.each([
    ["status_429", { status: 429 }],
    ["status_500", { status: 500 }],
    ["status_400", { status: 400 }],
    ["refuse", { constructor: OpenAI.APIConnectionError }],
    ["reset", {}],
    ["bad_json", {}],
  ])("fails as asked in the model's name: %s", async (failure, expected) => {
    const asked = openai.chat.completions.create({ model: `fake-gpt:failure=${failure}`, messages });
    await expect(asked).rejects.toMatchObject(expected);
  });

  test.each(["reset", "bad_sse"])("fails in the middle of a stream: %s", async (failure) => {
    const stream = await openai.chat.completions.create({
      model: `fake-gpt:failure=${failure},failAfterChunks=3`,
      messages,
      stream: true,
    });
    let chunks = 0;
    const reading = (async () => {
      for await (const _ of stream) chunks++;
    })();
    await expect(reading).rejects.toThrow();
    expect(chunks).toBe(3);
  });

  test("answers with as many pieces as asked, for all requests or for one", async () => {
    await control("POST", "/__behaviour", { chunks: 5 });
    const count = async (model: string) => {
      const stream = await openai.chat.completions.create({ model, messages, stream: true });
      let pieces = 0;
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) pieces++;
      return pieces;
    };
    expect(await count("fake-gpt")).toBe(5);
    expect(await count("fake-gpt:chunks=9")).toBe(9);
  });

  test("refuses a behaviour it does not know", async () => {
    const response = await control("POST", "/__behaviour", { failure: "explode" });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Unknown failure explode. Known: refuse, hang");
  });
});
