/**
 * The provider behind every gateway of the benchmark, in a process of its own, so cheap that it is never what
 * is measured. Answers a fixed JSON, or as many server-sent events as `metadata.chunks` says, `metadata.delay`
 * milliseconds apart (0: each in a write of its own, as fast as it goes). Prints its port.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";

const USAGE = { prompt_tokens: 120, completion_tokens: 60, total_tokens: 180 };
const TEXT = "A fixed answer of a length that short answers usually have. ".repeat(4);
const ANSWER = Buffer.from(
  JSON.stringify({
    id: "chatcmpl-bench",
    object: "chat.completion",
    created: 1_700_000_000,
    model: "gpt-4o-mini",
    choices: [{ index: 0, message: { role: "assistant", content: TEXT }, finish_reason: "stop" }],
    usage: USAGE,
  }),
);

const event = (choices: object[], more: object = {}) =>
  Buffer.from(
    `data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_700_000_000, model: "gpt-4o-mini", choices, ...more })}\n\n`,
  );
const WORD = event([{ index: 0, delta: { content: " word" }, finish_reason: null }]);
const LAST = event([{ index: 0, delta: {}, finish_reason: "stop" }]);
const LAST_USAGE = event([], { usage: USAGE });
const DONE = Buffer.from("data: [DONE]\n\n");

interface Asked {
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  metadata?: { chunks?: string; delay?: string };
}

async function stream(response: ServerResponse, asked: Asked): Promise<void> {
  const delay = Number(asked.metadata?.delay ?? 0);
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let left = Number(asked.metadata?.chunks ?? 50); left > 0; left--) {
    if (response.destroyed) return;
    response.write(WORD);
    if (delay > 0) await pause(delay);
    else await turn();
  }
  response.write(LAST);
  if (asked.stream_options?.include_usage) response.write(LAST_USAGE);
  response.end(DONE);
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const asked = JSON.parse(Buffer.concat(parts).toString() || "{}") as Asked;
    if (asked.stream) return void stream(response, asked);
    response
      .writeHead(200, { "content-type": "application/json", "content-length": ANSWER.length })
      .end(ANSWER);
  });
});
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit(0));
