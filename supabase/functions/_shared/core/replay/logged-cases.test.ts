import { expect, test } from "vitest";
import { AS_LOGGED, caseOfLog, type LoggedRequest, orAsLogged } from "./logged-cases.ts";
import { runReplay } from "./run-replay.ts";

const logged = (response: unknown): LoggedRequest => ({
  request_id: "request-1",
  version: 1,
  variables: { role: "agent" },
  client_messages: [
    { role: "user", content: "Where is my order?" },
    { role: "assistant", content: "Which one?" },
    { role: "user", content: "The last." },
  ],
  endpoint: "chat.completions",
  obstacle: null,
  response,
  completion_tokens: 4,
  created_at: "2026-11-25T10:00:00Z",
});
const completion = (content: string) => ({ choices: [{ message: { content } }] });

test("a logged request is asked again with its variables and what the client said, and known by its last words", () => {
  const log = logged(completion("On its way."));
  expect(caseOfLog(log)).toEqual({
    id: "request-1",
    name: "The last.",
    variables: log.variables,
    messages: log.client_messages,
  });
});

test.each([
  ["a completion", completion("On its way.")],
  ["a streamed answer", { text: "On its way." }],
  [
    "a response",
    { output: [{ type: "reasoning" }, { content: [{ type: "output_text", text: "On its way." }] }] },
  ],
])("%s from the log stands beside the candidate's, without being asked for", async (_, response) => {
  const asked: number[] = [];
  const logs = [logged(response)];
  const [result] = await runReplay({
    cases: logs.map(caseOfLog),
    versions: [AS_LOGGED, 2],
    ask: orAsLogged(logs, async (_case, version) => {
      asked.push(version);
      return { ok: true, text: "It has arrived.", latencyMs: 5, requestId: "new", tokens: 3 };
    }),
  });
  expect(asked).toEqual([2]);
  expect(result?.answers[0]).toMatchObject({ ok: true, text: "On its way.", tokens: 4 });
  expect(result?.diff?.some(({ kind }) => kind === "second")).toBe(true);
});

test("a request to /responses is asked again there, with its items, and known by what they say", () => {
  const parts = [
    { type: "input_image", image_url: "https://example.com/parcel.png" },
    { type: "input_text", text: "Is this mine?" },
  ];
  const log = { ...logged(null), endpoint: "responses", client_messages: [{ role: "user", content: parts }] };
  expect(caseOfLog(log)).toMatchObject({
    endpoint: "responses",
    name: "Is this mine?",
    messages: log.client_messages,
  });
});

test("an answer that was not kept is said to be missing", async () => {
  const logs = [logged(null)];
  const ask = orAsLogged(logs, async () => ({ ok: false, error: "not asked" }));
  expect(await ask(caseOfLog(logs[0]!), AS_LOGGED, new AbortController().signal)).toEqual({
    ok: false,
    error: "Its answer was not kept.",
  });
});
