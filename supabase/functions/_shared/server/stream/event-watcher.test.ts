import { expect, it } from "vitest";
import { fc } from "../../../../../tests/support/fast-check.ts";
import { watchEvents } from "./event-watcher.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const content = (text: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }], usage: null })}\n\n`;
const usageChunk = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 2 } } })}\n\n`;
const done = "data: [DONE]\n\n";

/** Sends a text through in pieces cut at these places, and joins what comes out. */
function through(text: string, cuts: number[], removeUsageChunk: boolean) {
  const watcher = watchEvents({ removeUsageChunk });
  const bytes = encoder.encode(text);
  const places = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
  let out = "";
  let from = 0;
  for (const to of [...places, bytes.length]) {
    if (to > from) {
      const passed = watcher.pass(bytes.slice(from, to));
      if (passed) out += decoder.decode(passed);
    }
    from = to;
  }
  const rest = watcher.rest();
  return { out: out + (rest ? decoder.decode(rest) : ""), watcher };
}

it("wherever a stream is cut, every byte comes out but the usage chunk nobody asked for", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "grapheme" }), { maxLength: 6 }),
      fc.array(fc.nat(2000), { maxLength: 12 }),
      fc.boolean(),
      (texts, cuts, remove) => {
        const before = texts.map(content).join("");
        const { out, watcher } = through(before + usageChunk + done, cuts, remove);
        expect(out).toBe(before + (remove ? "" : usageChunk) + done);
        expect(watcher.usage).toEqual({ promptTokens: 7, cachedTokens: 2, completionTokens: 3 });
        expect(watcher.ending).toBe("complete");
      },
    ),
  );
});

it("a text that talks about usage and empty choices is a text", () => {
  const tricky = content('{"choices":[],"usage":{"prompt_tokens":1}}');
  const { out, watcher } = through(tricky + done, [], true);
  expect(out).toBe(tricky + done);
  expect(watcher.usage).toBeNull();
});

it("lines that end in CR LF are events too", () => {
  const { out, watcher } = through(
    (content("a") + usageChunk + done).replaceAll("\n", "\r\n"),
    [10, 50],
    true,
  );
  expect(out).toBe((content("a") + done).replaceAll("\n", "\r\n"));
  expect(watcher.usage?.promptTokens).toBe(7);
});

it("half an event is not passed on, so that an error event can follow", () => {
  const watcher = watchEvents({ removeUsageChunk: true });
  expect(watcher.pass(encoder.encode(`${content("a")}data: {"cho`))).toEqual(encoder.encode(content("a")));
  expect(watcher.ending).toBe("open");
});

const chunk = (delta: object, finish_reason: string | null = null, index = 0) =>
  `data: ${JSON.stringify({ choices: [{ index, delta, finish_reason }] })}\n\n`;

it("lines that end in CR alone, and a usage written over several lines, are read as the standard says", () => {
  const old = through((content("a") + usageChunk + done).replaceAll("\n", "\r"), [10, 50], true);
  expect(old.out).toBe((content("a") + done).replaceAll("\n", "\r"));
  const lines =
    'data: {"choices": [], "usage":\ndata:\t{"prompt_tokens": 7,\ndata: "completion_tokens": 3}}\n\n';
  const spread = through(content("a") + lines + done, [20], true);
  expect(spread.out).toBe(content("a") + done);
  for (const { watcher } of [old, spread])
    expect(watcher.usage).toMatchObject({ promptTokens: 7, completionTokens: 3 });
});

it("a text about [DONE] ends nothing, and one choice that has finished does not end the others", () => {
  const endings = [
    content("say [DONE] now"),
    chunk({ content: "a" }, "stop", 1) + chunk({ content: "b" }, null, 0),
    chunk({ content: "a" }, "stop") + chunk({}, null),
    content("a") + done,
    content("a") + usageChunk,
  ].map((text) => through(text, [], true).watcher.ending);
  expect(endings).toEqual(["open", "open", "complete", "complete", "open"]);
});

it("an answer whose provider says that it failed is no whole one, though [DONE] follows", () => {
  const failed = 'data: {"error": {"message": "overloaded"}}\n\n';
  for (const text of [
    failed,
    failed + done,
    'data: {"type":"response.failed","response":{"usage":null}}\n\n',
  ])
    expect(through(content("a") + text, [], true).watcher.ending).toBe("failed");
});

it("a last event that holds the whole response ends it, however long it is", () => {
  const response = { output: "x".repeat(60_000), usage: { input_tokens: 7, output_tokens: 3 } };
  const last = `event: response.completed\ndata: ${JSON.stringify({ type: "response.completed", response })}\n\n`;
  const { watcher } = through(last, [1000, 30_000, 59_000], false);
  expect(watcher).toMatchObject({ ending: "complete", outdated: false, usage: { promptTokens: 7 } });
});

it("a usage that more of the answer follows is not the whole one", () => {
  const running = (tokens: number) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "a" } }], usage: { prompt_tokens: 7, completion_tokens: tokens } })}\n\n`;
  const cases: [string, boolean][] = [
    [usageChunk + content("a") + chunk({}, "stop") + done, true],
    [running(1) + running(2) + chunk({}, "stop") + done, false],
    [content("a") + usageChunk + chunk({}, "stop") + done, false],
    [running(1) + content("b"), true],
  ];
  for (const [text, outdated] of cases)
    for (const cuts of [[], [40, 90, 200, 260]])
      expect(through(text, cuts, false).watcher.outdated).toBe(outdated);
});

it("a half of a usage that is no count is no usage: it would leave the answer unpaid", () => {
  for (const completion_tokens of [-5, 5.5, "5000", 2 ** 31, undefined]) {
    const usage = { prompt_tokens: 7, completion_tokens };
    expect(through(`data: ${JSON.stringify({ choices: [], usage })}\n\n`, [], true).watcher.usage).toBeNull();
  }
});
