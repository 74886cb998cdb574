import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { loadTokenCounter } from "../../core/tokens/count-tokens.ts";
import { CORS_HEADERS } from "../http/cors.ts";
import { textOfAnswer, textOfEvents } from "../stream/kept-text.ts";
import { pipeEvents, type StreamEnd } from "../stream/pipe-events.ts";
import { readUsage, type Usage } from "../stream/usage.ts";
import { readAnswer } from "../upstream/read-answer.ts";
import { type Call, type Ending, logEntry, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import type { LiveCall } from "./live-calls.ts";
import { isPlainObject } from "./nemo-fields.ts";
import { promptTextOf } from "./prompt-text.ts";
import type { Outgoing } from "./render-call.ts";

/** As much of a stream as is kept to estimate a usage the provider does not tell, or to log under `full`. */
const KEEP_BYTES = 1024 * 1024;

/** Writes the call down. The answer does not wait for it; the process does. */
export function record(gateway: Gateway, call: Call, ending: Ending): void {
  if (call.resolved === null) return;
  const written = writeDown(gateway, call, ending);
  if (call.admission !== null) gateway.waitUntil(written);
  gateway.keepHouse();
}

/**
 * Resolves when it is durable. A request is admitted before it is recorded, or its lease would stay behind. Not an
 * async function: that would keep the whole call, its texts included, in memory until then.
 */
function writeDown(gateway: Gateway, call: Call, ending: Ending): Promise<void> {
  const entry = logEntry(call, ending);
  return call.admission === null ? gateway.log.add(entry) : call.admission.then(() => gateway.log.add(entry));
}

const nothingUsed: Usage = { promptTokens: 0, cachedTokens: 0, completionTokens: 0 };

/** What of a provider's headers goes on to the client; the last ones only with an error. */
const PASSED_ON = ["content-type", "openai-processing-ms", "openai-version"];
const PASSED_ON_WITH_ERRORS = [...PASSED_ON, "retry-after", "retry-after-ms", "x-should-retry"];

function answerHeaders(call: Call, upstream: Response): Record<string, string> {
  const headers = Object.assign(receiptHeaders(call), CORS_HEADERS);
  for (const name of upstream.status >= 400 ? PASSED_ON_WITH_ERRORS : PASSED_ON) {
    const value = upstream.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}

/** A provider's own error, with its status and body. */
export async function passError(gateway: Gateway, call: Call, upstream: Response): Promise<Response> {
  const text = await readAnswer(upstream).catch(() => "");
  const parsed = parse(text);
  const error = isPlainObject(parsed) && isPlainObject(parsed.error) ? parsed.error : null;
  const code = typeof error?.code === "string" ? error.code.slice(0, 100) : `upstream_${upstream.status}`;
  record(gateway, call, {
    status: upstream.status,
    errorCode: code,
    usage: nothingUsed,
    usageEstimated: false,
    firstByteAt: null,
    response: parsed ?? null,
  });
  return new Response(text, { status: upstream.status, headers: answerHeaders(call, upstream) });
}

/** A whole JSON answer. Throws `upstream_invalid_response` when it is not JSON. */
export async function answerJson(gateway: Gateway, call: Call, upstream: Response): Promise<Response> {
  const text = await readAnswer(upstream);
  const answer = parse(text);
  if (!isPlainObject(answer)) throw new GatewayError("upstream_invalid_response");
  const usage = readUsage(answer);
  const ending: Ending = {
    status: upstream.status,
    errorCode: null,
    usage,
    usageEstimated: false,
    firstByteAt: null,
    response: answer,
  };
  if (usage) record(gateway, call, ending);
  else gateway.waitUntil(recordEstimated(gateway, call, ending, textOfAnswer(answer)));
  return new Response(text, { status: upstream.status, headers: answerHeaders(call, upstream) });
}

/** An event stream, piped while it comes. */
export function answerStream(
  gateway: Gateway,
  call: Call,
  upstream: Response,
  outgoing: Outgoing,
  live: LiveCall,
): Response {
  let recorded: () => void = () => {};
  const finished = new Promise<void>((done) => {
    recorded = done;
  });
  const pipe = pipeEvents(upstream.body ?? new ReadableStream({ start: (empty) => empty.close() }), {
    removeUsageChunk: outgoing.removeUsageChunk,
    keepBytes: KEEP_BYTES,
    onActivity: () => {
      live.active = true;
    },
    onEnd: (end) => {
      gateway.live.remove(live);
      void recordStream(gateway, call, upstream.status, end).then(recorded, recorded);
    },
  });
  live.onSilence = pipe.giveUp;
  live.onClientGone = () => void pipe.leave();
  // Keeps the isolate from being retired while bytes still flow.
  gateway.waitUntil(finished);
  return new Response(pipe.body, {
    status: upstream.status,
    headers: { ...answerHeaders(call, upstream), "cache-control": "no-cache" },
  });
}

async function recordStream(gateway: Gateway, call: Call, status: number, end: StreamEnd): Promise<void> {
  const full = call.resolved?.data_policy === "full";
  const isTold = end.usage !== null && !end.outdated;
  const text = isTold && !full ? "" : textOfEvents(end.kept);
  const ending: Ending = {
    status: end.outcome === "client_gone" ? 499 : status,
    errorCode: end.outcome === "upstream_aborted" ? "upstream_aborted" : null,
    usage: end.usage,
    usageEstimated: false,
    firstByteAt: end.firstByteAt,
    response: full ? { text } : null,
  };
  if (isTold) await writeDown(gateway, call, ending);
  else await recordEstimated(gateway, call, ending, text);
}

/** Counts by tokenizer what the provider did not tell, and says so. What it told before the end it has told at least. */
export async function recordEstimated(
  gateway: Gateway,
  call: Call,
  ending: Ending,
  answer: string,
): Promise<void> {
  const counter = await loadTokenCounter(call.model);
  const sent = parse(call.sentBody);
  const { text, tokens } = promptTextOf(isPlainObject(sent) ? sent : {});
  const told = ending.usage;
  const usage = {
    promptTokens: told?.promptTokens || counter.count(text) + tokens,
    cachedTokens: told?.cachedTokens ?? 0,
    completionTokens: Math.max(told?.completionTokens ?? 0, counter.count(answer)),
  };
  await writeDown(gateway, call, { ...ending, usage, usageEstimated: true });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
