import fc from "fast-check";
import { expect, it } from "vitest";
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
        expect(watcher.complete).toBe(true);
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
  expect(watcher.complete).toBe(false);
});
