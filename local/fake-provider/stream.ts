import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Behaviour } from "./behaviour.ts";
import {
  type ChatRequest,
  CREATED,
  idOf,
  labelled,
  logprobsOf,
  messageOf,
  pieces,
  usageOf,
} from "./completion.ts";

const HUGE = 2 * 1024 * 1024;

type Chunk = Record<string, unknown>;

/** The chunks of a streamed answer, in order, without the closing `[DONE]`. */
export function chunksOf(request: ChatRequest, text: string, behaviour: Behaviour): Chunk[] {
  const withUsage = request.stream_options?.include_usage === true && behaviour.failure !== "no_usage";
  const common = {
    id: idOf("chatcmpl", request),
    object: "chat.completion.chunk",
    created: CREATED,
    model: labelled(request.model),
    system_fingerprint: "fp_fake",
    ...(withUsage && { usage: null }),
  };
  const count = Math.max(1, Math.min(request.n ?? 1, 16));
  const everyChoice = (delta: object, finish: string | null, logprobs: object | null = null): Chunk[] =>
    Array.from({ length: count }, (_, index) => ({
      ...common,
      choices: [{ index, delta, logprobs, finish_reason: finish }],
    }));

  const message = messageOf(request, text) as { tool_calls?: ToolCall[] };
  const body = message.tool_calls
    ? toolCallDeltas(message.tool_calls).flatMap((delta) => everyChoice(delta, null))
    : pieces(text, behaviour.chunks).flatMap((content) => {
        const shown = behaviour.failure === "huge_chunks" ? content.padEnd(HUGE, "x") : content;
        return everyChoice(
          { content: shown },
          null,
          request.logprobs ? { content: logprobsOf(content) } : null,
        );
      });
  const usage = { ...common, choices: [], usage: usageOf(request, Array(count).fill(text)) };
  return [
    ...everyChoice({ role: "assistant", content: message.tool_calls ? null : "", refusal: null }, null),
    ...body,
    ...everyChoice({}, message.tool_calls ? "tool_calls" : "stop"),
    ...(withUsage ? [usage] : []),
  ];
}

interface ToolCall {
  readonly id: string;
  readonly type: string;
  readonly function: { readonly name: string; readonly arguments: string };
}

/** A call comes as its name first, and then its arguments in parts that are no JSON by themselves. */
function toolCallDeltas(calls: readonly ToolCall[]): object[] {
  return calls.flatMap(({ function: { name, arguments: all }, ...call }, index) => [
    { tool_calls: [{ index, ...call, function: { name, arguments: "" } }] },
    ...pieces(all, Math.min(3, all.length)).map((part) => ({
      tool_calls: [{ index, function: { arguments: part } }],
    })),
  ]);
}

const dataOnly = (chunk: Chunk) => `data: ${JSON.stringify(chunk)}\n\n`;

/** How the responses API writes its events: named, and without a mark at the end. */
export const NAMED_EVENTS = {
  write: (event: Chunk) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
  last: "",
};

/** Takes both listeners away again: those of a long stream would add up to a warning, and in the stack to its end. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.once("drain", go).once("close", go);
  });
}

/** Writes the chunks as server-sent events, and goes wrong on the way if asked to. */
export async function writeStream(
  response: ServerResponse,
  chunks: Chunk[],
  behaviour: Behaviour,
  format = { write: dataOnly, last: "data: [DONE]\n\n" },
): Promise<void> {
  const { failure, failAfterChunks, chunkDelayMs } = behaviour;
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  response.flushHeaders();
  for (const [index, chunk] of chunks.entries()) {
    if (response.destroyed) return;
    if (index === failAfterChunks) {
      if (failure === "reset") {
        await delay(50); // A reset also throws away what was sent and not yet read.
        response.socket?.resetAndDestroy();
        return;
      }
      if (failure === "hang_mid_stream") return;
      if (failure === "end_early") return void response.end();
      if (failure === "bad_sse") response.write("data: {this is not JSON\n\n");
    }
    const free = response.write(format.write(chunk));
    if (!free) await drained(response);
    if (chunkDelayMs > 0) await delay(chunkDelayMs);
  }
  response.end(format.last);
}
