/** Answers as no provider should give them: what the client gets, and that log and ledger say the same. */
import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useStack } from "../../../tests/support/stack.ts";
import { type OwnGateway, startOwnGateway } from "./testing/own-gateway.ts";
import { eventsOf, type RawProvider, rawEvents, rawJson, startRawProvider } from "./testing/raw-provider.ts";
import { makeTeam, type Team } from "./testing/team.ts";

const stack = useStack();
let team: Team;
let provider: RawProvider;
let gateway: OwnGateway;

const usage = { prompt_tokens: 11, completion_tokens: 5 };
const said = (content: string, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason }],
});
const FAILED = [said("Well, "), { error: { message: "overloaded" } }, "[DONE]"];
const LONG = "a long answer that nobody was told the length of, ".repeat(10);

/** Writes as long as somebody reads. */
function endless(status: string) {
  return (socket: Socket) => {
    const piece = Buffer.alloc(1024 * 1024, "a");
    // A write that failed calls back too, at once: writing on then would fill the memory before the socket is destroyed.
    const more = (failed?: Error | null): void =>
      void (failed || !socket.writable || socket.write(piece, more));
    socket.write(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n\r\n{"text":"`, more);
  };
}

const ANSWERS = {
  "no-content": "HTTP/1.1 204 No Content\r\ncontent-type: text/event-stream\r\n\r\n",
  "proxy-wants-a-password": rawJson({}, "407 Proxy Authentication Required"),
  "beyond-statuses": rawJson({ error: { message: "?", code: "?" } }, "600 Odd"),
  "unasked-stream": rawEvents([said("Yes.", "stop"), { choices: [], usage }, "[DONE]"]),
  "created-stream": rawEvents([said("Yes.", "stop"), { choices: [], usage }, "[DONE]"], "201 Created"),
  "failed-stream": rawEvents(FAILED),
  "usage-first": rawEvents([
    { choices: [], usage: { ...usage, completion_tokens: 1 } },
    said(LONG, "stop"),
    "[DONE]",
  ]),
  "usage-of-half": rawJson({
    choices: [{ message: { content: LONG } }],
    usage: { ...usage, completion_tokens: -5 },
  }),
  "response-without-usage": rawJson({
    output: [{ type: "message", content: [{ type: "output_text", text: LONG }] }],
  }),
  endless: endless("200 OK"),
  "endless-error": endless("500 Oops"),
};

beforeAll(async () => {
  team = await makeTeam(stack, "Hello.");
  provider = await startRawProvider(ANSWERS);
  gateway = await startOwnGateway(stack, { NEMO_UPSTREAM_URL: provider.url });
  for (const model of Object.keys(ANSWERS))
    await team.sql`
      insert into nemo.model_prices (model, input_nanousd_per_mtok, cached_input_nanousd_per_mtok, output_nanousd_per_mtok)
      values (${model}, 1000000000, 500000000, 2000000000)`;
});
afterAll(async () => {
  await gateway?.process.stop();
  provider?.close();
  if (team) await team.sql`delete from nemo.model_prices where model = any (${Object.keys(ANSWERS)})`;
});

async function ask(model: keyof typeof ANSWERS, more: object = {}, path = "/chat/completions") {
  const body = path === "/responses" ? { input: "Hi" } : { messages: [{ role: "user", content: "Hi" }] };
  const response = await gateway.post(team.key, path, { model, ...body, ...more });
  const answer = await response.text();
  const row = await team.logged(response.headers.get("x-nemo-request-id") as string);
  const [charge] = await team.sql`
    select -amount_nanousd as amount from nemo.credit_ledger where request_id = ${row.request_id as string}`;
  expect(charge?.amount ?? "0").toBe(row.cost_nanousd);
  return { status: response.status, answer, row };
}

it("a status that cannot be handed on is 502, in the log as for the client", async () => {
  for (const [model, more] of [
    ["no-content", { stream: true }],
    ["proxy-wants-a-password", {}],
    ["beyond-statuses", {}],
  ] as const) {
    const { status, answer, row } = await ask(model, more);
    expect([status, JSON.parse(answer).error.code]).toEqual([502, "upstream_invalid_response"]);
    expect(row).toMatchObject({ status: 502, error_code: "upstream_invalid_response" });
  }
});

it("an event stream is handed on as one, also to a client whose wish for it was no boolean", async () => {
  const { status, answer, row } = await ask("unasked-stream", { stream: "true" });
  expect([status, answer.includes("Yes."), answer.endsWith("data: [DONE]\n\n")]).toEqual([200, true, true]);
  expect(row).toMatchObject({ status: 200, prompt_tokens: 11, completion_tokens: 5, usage_estimated: false });
  expect((await ask("created-stream", { stream: true })).row.status).toBe(201);
});

it("an answer without an end is given up after 64 MB, and a failure without an end after one", async () => {
  const { status, answer, row } = await ask("endless");
  expect([status, JSON.parse(answer).error.code]).toEqual([502, "upstream_invalid_response"]);
  expect(row.status).toBe(502);
  expect(await ask("endless-error")).toMatchObject({ status: 500, answer: "", row: { status: 500 } });
  expect(provider.sent()).toBeLessThan(100 * 1024 * 1024);
});

it("a stream whose provider says that it failed reaches the client as it came, and is logged as failed", async () => {
  const { status, answer, row } = await ask("failed-stream", { stream: true });
  expect([status, answer]).toEqual([200, eventsOf(FAILED)]);
  expect(row).toMatchObject({ error_code: "upstream_aborted", usage_estimated: true });
});

it("a usage that is told before the answer, or by half, is no way to have the answer for nothing", async () => {
  const early = await ask("usage-first", { stream: true });
  expect(early.row).toMatchObject({ usage_estimated: true, prompt_tokens: 11 });
  const half = await ask("usage-of-half");
  const response = await ask("response-without-usage", {}, "/responses");
  for (const { row } of [early, half, response]) {
    expect(row.usage_estimated).toBe(true);
    expect(row.completion_tokens).toBeGreaterThan(100);
  }
});
