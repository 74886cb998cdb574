/**
 * What the official `openai` package does through the gateway, as promises that run in Node and in Deno alike.
 * Each is a function that throws when the promise is broken. The provider behind the gateway is the fake one.
 */
import assert from "node:assert/strict";
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";

export interface SdkFacts {
  readonly baseURL: string;
  readonly apiKey: string;
  /** A template "You are {{ role }}." with model fake-gpt, active. */
  readonly template: string;
}

const user = (content: OpenAI.ChatCompletionUserMessageParam["content"]) => [
  { role: "user" as const, content },
];
const SEARCH = {
  type: "function" as const,
  function: { name: "search", parameters: { type: "object", properties: { query: { type: "string" } } } },
};
const prompt = { nemo_prompt_variables: { role: "a concierge" } };

/** Waits for a rejection and hands it back. */
async function rejection(work: PromiseLike<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  try {
    await work;
  } catch (error) {
    return error as InstanceType<typeof OpenAI.APIError>;
  }
  throw new assert.AssertionError({ message: "It was answered." });
}

export function sdkPromises({ baseURL, apiKey, template }: SdkFacts): Record<string, () => Promise<void>> {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
  const model = `nemo/${template}`;
  const ask = (more: object) =>
    client.chat.completions.create({ model, messages: user("Hello"), ...prompt, ...more });
  return {
    "a chat completion is answered, and knows its request's id": async () => {
      const { data, response, request_id } = await client.chat.completions
        .create({ model, messages: user("Hello"), ...prompt })
        .withResponse();
      assert.match(data.choices[0]?.message.content ?? "", /You are a concierge\..*Hello/);
      assert.equal(request_id, response.headers.get("x-nemo-request-id"));
      assert.equal((data as { _request_id?: string })._request_id, request_id);
      assert.ok((data.usage?.completion_tokens ?? 0) > 0);
    },
    "a stream's parts make the whole, and its helper ends with the same message": async () => {
      const whole = await ask({});
      const stream = client.chat.completions.stream({ model, messages: user("Hello"), ...prompt });
      const final = await stream.finalChatCompletion();
      assert.equal(final.choices[0]?.message.content, whole.choices[0]?.message.content);
    },
    "tools are called, streamed in parts too, and their results go back": async () => {
      const tools = { tools: [SEARCH], tool_choice: "required" as const };
      const whole = await ask(tools);
      const call = whole.choices[0]?.message.tool_calls?.[0];
      assert.equal(whole.choices[0]?.finish_reason, "tool_calls");
      const stream = client.chat.completions.stream({ model, messages: user("Hello"), ...prompt, ...tools });
      const streamed = (await stream.finalChatCompletion()).choices[0]?.message.tool_calls?.[0];
      const said = (one: typeof call) =>
        one?.type === "function" ? [one.function.name, one.function.arguments] : null;
      assert.deepEqual(said(streamed), said(call));
      assert.deepEqual(said(call), ["search", '{"query":"fake"}']);
      const result = { role: "tool" as const, tool_call_id: call?.id ?? "", content: "found" };
      const after = await ask({
        messages: [...user("Hello"), whole.choices[0]?.message, result],
        tools: [SEARCH],
      });
      assert.equal(after.choices[0]?.finish_reason, "stop");
    },
    "an answer's format is a schema, and comes back parsed": async () => {
      const shape = z.object({ city: z.string(), hot: z.boolean() });
      const answer = await client.chat.completions.parse({
        model,
        messages: user("Weather?"),
        response_format: zodResponseFormat(shape, "weather"),
        ...prompt,
      });
      assert.deepEqual(answer.choices[0]?.message.parsed, { city: "fake", hot: true });
    },
    "messages hold images and several parts": async () => {
      const answer = await ask({
        messages: user([
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=", detail: "low" } },
        ]),
      });
      assert.match(answer.choices[0]?.message.content ?? "", /What is this\?/);
    },
    "several choices and log probabilities come, whole and streamed": async () => {
      const answer = await ask({ n: 3, logprobs: true, top_logprobs: 2 });
      assert.equal(answer.choices.length, 3);
      assert.ok((answer.choices[2]?.logprobs?.content?.length ?? 0) > 0);
      const indexes = new Set<number>();
      const stream = await client.chat.completions.create({
        model,
        messages: user("Hi"),
        n: 3,
        stream: true,
        ...prompt,
      });
      for await (const chunk of stream) for (const { index } of chunk.choices) indexes.add(index);
      assert.deepEqual([...indexes].sort(), [0, 1, 2]);
    },
    "a call can be aborted, before its answer and in the middle of it": async () => {
      const abort = new AbortController();
      const waiting = rejection(
        client.chat.completions.create(
          { model: "fake-gpt:failure=hang", messages: [] },
          { signal: abort.signal },
        ),
      );
      setTimeout(() => abort.abort(), 50);
      assert.ok((await waiting) instanceof OpenAI.APIUserAbortError);
      const stream = await client.chat.completions.create({
        model: "fake-gpt:chunks=1000,chunkDelayMs=10",
        messages: [],
        stream: true,
      });
      let chunks = 0;
      for await (const _ of stream) if (++chunks === 3) break;
      assert.equal(stream.controller.signal.aborted, true);
    },
    "a call that takes too long is a time-out": async () => {
      const slow = client.chat.completions.create(
        { model: "fake-gpt:failure=hang", messages: [] },
        { timeout: 100 },
      );
      assert.ok((await rejection(slow)) instanceof OpenAI.APIConnectionTimeoutError);
    },
    "each refusal is the exception of its status, with code and request id": async () => {
      const refused = async (work: PromiseLike<unknown>, kind: unknown, status: number, code: string) => {
        const error = await rejection(work);
        assert.ok(error instanceof (kind as typeof OpenAI.APIError), `${error}`);
        assert.deepEqual([error.status, error.code], [status, code]);
        assert.match(error.requestID ?? "", /^[0-9a-f-]{36}$/);
      };
      const strange = new OpenAI({ baseURL, apiKey: `nemo_sk_${"x".repeat(43)}`, maxRetries: 0 });
      await refused(
        strange.chat.completions.create({ model, messages: [] }),
        OpenAI.AuthenticationError,
        401,
        "invalid_api_key",
      );
      await refused(ask({ nemo_prompt_label: "none" }), OpenAI.NotFoundError, 404, "template_not_found");
      await refused(ask({ nemo_typo: 1 }), OpenAI.BadRequestError, 400, "unknown_nemo_field");
      await refused(
        ask({ nemo_prompt_variables: {} }),
        OpenAI.UnprocessableEntityError,
        422,
        "prompt_variables_missing",
      );
      await refused(
        ask({ model: "fake-gpt:failure=bad_json", nemo_prompt_template_id: template }),
        OpenAI.InternalServerError,
        502,
        "upstream_invalid_response",
      );
      await refused(
        ask({ model: "fake-gpt:failure=status_429", nemo_prompt_template_id: template }),
        OpenAI.RateLimitError,
        429,
        null as never,
      );
    },
    "a stream that breaks is an exception and not a short answer": async () => {
      const stream = await client.chat.completions.create({
        model: "fake-gpt:failure=reset,failAfterChunks=3",
        messages: user("Hello"),
        stream: true,
      });
      const error = await rejection(
        (async () => {
          for await (const _ of stream);
        })(),
      );
      assert.equal(error.code, "upstream_aborted");
    },
    "retries happen by themselves, and wait as long as the provider asks": async () => {
      const patient = new OpenAI({ baseURL, apiKey, maxRetries: 1 });
      const begun = performance.now();
      const error = await rejection(
        patient.chat.completions.create({ model: "fake-gpt:failure=status_429,retryAfter=1", messages: [] }),
      );
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.ok(performance.now() - begun >= 950);
    },
    "models are listed, ours first": async () => {
      const ids: string[] = [];
      for await (const { id } of client.models.list()) ids.push(id);
      assert.ok(ids.includes(model));
      assert.ok(ids.includes("fake-gpt"));
    },
    "embeddings are made, as base64 and as numbers": async () => {
      const usual = await client.embeddings.create({ model: "fake-embedding", input: ["one", "two two"] });
      const numbers = await client.embeddings.create({
        model: "fake-embedding",
        input: ["one", "two two"],
        encoding_format: "float",
      });
      assert.equal(usual.data.length, 2);
      assert.deepEqual(
        usual.data.map(({ embedding }) => embedding.map((n) => n.toFixed(5))),
        numbers.data.map(({ embedding }) => embedding.map((n) => n.toFixed(5))),
      );
      assert.ok(usual.usage.prompt_tokens > 0);
    },
    "a response is made with the prompt as its instructions, whole and streamed": async () => {
      const { output_text, instructions } = await client.responses.create({
        model,
        input: "Hello",
        ...prompt,
      });
      assert.match(output_text, /You are a concierge\..*Hello/);
      assert.equal(instructions, "You are a concierge.");
      const stream = client.responses.stream({ model, input: "Hello", ...prompt });
      let text = "";
      for await (const event of stream) if (event.type === "response.output_text.delta") text += event.delta;
      assert.equal(text, output_text);
      assert.equal((await stream.finalResponse()).output_text, output_text);
    },
  };
}
