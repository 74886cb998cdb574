import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { errorResponse } from "../http/json-response.ts";
import { discardBody } from "../http/read-body.ts";
import { answerJson, answerStream, passError, record, recordEstimated } from "./answer-call.ts";
import { beginCall, type Call, type Endpoint, logEntry, receiptHeaders } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import type { LiveCall } from "./live-calls.ts";
import { authenticate, readCall } from "./read-call.ts";
import { type Outgoing, renderCall } from "./render-call.ts";
import { resolveCall } from "./resolve-call.ts";
import { sendToProviders } from "./send-to-providers.ts";

/** The whole way of a request, in order. */
export async function serveCall(gateway: Gateway, request: Request, endpoint: Endpoint): Promise<Response> {
  const call = beginCall(request, endpoint, gateway.newRequestId());
  try {
    authenticate(call);
    const read = await readCall(call);
    await resolveCall(gateway, call, read);
    const outgoing = await renderCall(gateway, call, read);
    return await exchange(gateway, call, outgoing);
  } catch (error) {
    await discardBody(request);
    return answerError(gateway, call, error);
  }
}

/** Sends it to the provider and hands the answer on. */
async function exchange(gateway: Gateway, call: Call, outgoing: Outgoing): Promise<Response> {
  const abort = new AbortController();
  const live = watch(gateway, call, abort);
  let streaming = false;
  try {
    const upstream = await sendToProviders(gateway, call, outgoing, abort.signal);
    if (upstream.status >= 400) return await passError(gateway, call, upstream);
    // Some providers take other things than `true` for it: what comes decides how it is read.
    const isStream = /^text\/event-stream/i.test(upstream.headers.get("content-type") ?? "");
    if (!isStream && !outgoing.streamed) return await answerJson(gateway, call, upstream);
    if (!isStream) {
      await upstream.body?.cancel();
      throw new GatewayError("upstream_invalid_response", { detail: "It is not an event stream." });
    }
    streaming = true;
    return answerStream(gateway, call, upstream, outgoing, live);
  } finally {
    if (!streaming) gateway.live.remove(live);
  }
}

/** One for all: making an error for each request, and its stack, would cost more than watching for it. */
const CLIENT_GONE = new Error("The client went away.");

/** Aborts the call when the client goes away or the provider stays silent. */
function watch(gateway: Gateway, call: Call, abort: AbortController): LiveCall {
  const onAbort = () => live.onClientGone();
  let watched: AbortSignal | undefined;
  const live: LiveCall = {
    requestId: call.requestId,
    // The clock notices it as a sign of life, and so knows when it began.
    lastActivity: 0,
    active: true,
    slot: -1,
    silenceLimitMs: gateway.upstreamTimeoutMs,
    onSilence: () => abort.abort(new GatewayError("upstream_timeout")),
    onClientGone: () => abort.abort(CLIENT_GONE),
    watchClient() {
      watched = call.request.signal;
      if (watched.aborted) return onAbort();
      watched.addEventListener("abort", onAbort, { once: true });
    },
    // Deno aborts the signal of an answered request too; by then nobody should be listening.
    release: () => watched?.removeEventListener("abort", onAbort),
    progress: () =>
      logEntry(call, {
        status: 200,
        errorCode: null,
        usage: null,
        usageEstimated: true,
        firstByteAt: null,
        response: null,
      }),
  };
  gateway.live.add(live);
  return live;
}

function answerError(gateway: Gateway, call: Call, thrown: unknown): Response {
  const error = thrown instanceof GatewayError ? thrown : unexpected(call, thrown);
  const gone = call.request.signal.aborted;
  const ending = {
    status: gone ? 499 : error.status,
    errorCode: gone ? null : error.code,
    usage: { promptTokens: 0, cachedTokens: 0, completionTokens: 0 },
    usageEstimated: false,
    firstByteAt: null,
    response: null,
  };
  // A client that hangs up while the provider works has still used the prompt; so has a broken answer.
  const used =
    call.sent && (gone || error.code === "upstream_aborted" || error.code === "upstream_invalid_response");
  if (call.resolved && used) gateway.waitUntil(recordEstimated(gateway, call, ending, ""));
  else record(gateway, call, ending);
  return errorResponse(error, receiptHeaders(call));
}

/** Neither message nor stack may hold what a request said, so only the kind of error is logged. */
function unexpected(call: Call, thrown: unknown): GatewayError {
  const where =
    thrown instanceof Error
      ? `${thrown.name} ${(thrown.stack ?? "").split("\n").find((line) => line.includes(" at ")) ?? ""}`
      : typeof thrown;
  console.error(`request ${call.requestId} failed: ${where.trim()}`);
  return new GatewayError("internal_error");
}
