import { beforeAll, expect, it } from "vitest";
import type { Behaviour } from "../../../local/fake-provider/behaviour.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { useStack } from "../../../tests/support/stack.ts";
import { makeTeam, marker, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
beforeAll(async () => {
  team = await makeTeam(stack);
});

async function ask(behaviour: Partial<Behaviour>, stream = false) {
  const text = marker();
  const response = await team.post("/chat/completions", {
    model: stack.provider.modelThat(behaviour),
    messages: [{ role: "user", content: text }],
    ...(stream && { stream }),
  });
  const body = await response.text();
  const row = await team.logged(response.headers.get("x-nemo-request-id") as string);
  return { status: response.status, body, row, text };
}

it("a provider that closes the connection is 502 upstream_unreachable and costs nothing", async () => {
  const { status, body, row } = await ask({ failure: "refuse" });
  expect([status, JSON.parse(body).error.code]).toEqual([502, "upstream_unreachable"]);
  expect(row).toMatchObject({ status: 502, error_code: "upstream_unreachable", cost_nanousd: "0" });
});

it.each([
  ["status_400", 400],
  ["status_429", 429],
  ["status_500", 500],
] as const)("the provider's own %s passes through", async (failure, expected) => {
  const { status, body, row } = await ask({ failure });
  expect(status).toBe(expected);
  expect(JSON.parse(body).error.message).toBeTruthy();
  expect(row).toMatchObject({ status: expected, completion_tokens: 0 });
});

it("an answer that is not JSON is 502 upstream_invalid_response", async () => {
  for (const failure of ["bad_json", "wrong_content_type"] as const) {
    const { status, body } = await ask({ failure });
    expect([status, JSON.parse(body).error.code]).toEqual([502, "upstream_invalid_response"]);
  }
});

it.each(["reset", "end_early"] as const)(
  "a stream that dies by %s ends with an error event and is charged for what was used",
  async (failure) => {
    const { status, body, row } = await ask({ failure }, true);
    expect(status).toBe(200);
    const last = body.trimEnd().split("\n\n").at(-1) as string;
    expect(JSON.parse(last.replace(/^data: /, "")).error.code).toBe("upstream_aborted");
    expect(row).toMatchObject({ error_code: "upstream_aborted", usage_estimated: true });
    expect(row.prompt_tokens).toBeGreaterThan(0);
  },
);

it("an answer without usage is counted by tokenizer and marked as estimated", async () => {
  for (const stream of [false, true]) {
    const { status, row } = await ask({ failure: "no_usage" }, stream);
    expect(status).toBe(200);
    expect(row).toMatchObject({ usage_estimated: true, error_code: null });
    expect(row.completion_tokens).toBeGreaterThan(0);
  }
});

it("a picture of a megabyte is not counted as text, neither when credit is reserved nor when usage is estimated", async () => {
  const picture = { type: "image_url", image_url: { url: `data:image/png;base64,${"A".repeat(1_000_000)}` } };
  const ask = async (content: unknown) => {
    const response = await team.post("/chat/completions", {
      model: stack.provider.modelThat({ failure: "no_usage" }),
      messages: [{ role: "user", content }],
    });
    expect(response.status).toBe(200);
    return await team.logged(response.headers.get("x-nemo-request-id") as string);
  };
  const text = { type: "text", text: "What is this?" };
  const plain = await ask([text]);
  expect(await ask([text, picture])).toMatchObject({
    usage_estimated: true,
    prompt_tokens: plain.prompt_tokens,
  });
  expect(plain.prompt_tokens).toBeLessThan(10);
});

it("chunks of 2 MB pass whole", async () => {
  const { status, body, row } = await ask({ failure: "huge_chunks", chunks: 13 }, true);
  expect(status).toBe(200);
  expect(body.length).toBeGreaterThan(13 * 2 * 1024 * 1024);
  expect(row.error_code).toBeNull();
});

/** Milliseconds from a client's going away until the provider notices, and what was logged of the request. */
async function hangUp() {
  const text = marker();
  const abort = new AbortController();
  const response = await fetch(`${stack.gatewayUrl}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${team.key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: stack.provider.modelThat({ chunks: 1000, chunkDelayMs: 20 }),
      stream: true,
      messages: [{ role: "user", content: text }],
    }),
    signal: abort.signal,
  });
  const reader = response.body?.getReader();
  await reader?.read();
  const gone = performance.now();
  abort.abort();
  await eventually(async () => expect((await stack.provider.requests(text))[0]?.aborted).toBe(true), 5);
  const took = performance.now() - gone;
  return { took, row: await team.logged(response.headers.get("x-nemo-request-id") as string) };
}

it("a client that goes away cancels the provider's call within 100 ms", async () => {
  // The quickest of a few: a machine that is busy with other tests is not what is measured.
  let quickest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 10 && quickest >= 100; tries++) {
    const { took, row } = await hangUp();
    expect(row).toMatchObject({ status: 499, usage_estimated: true });
    quickest = Math.min(quickest, took);
  }
  expect(quickest).toBeLessThan(100);
});
