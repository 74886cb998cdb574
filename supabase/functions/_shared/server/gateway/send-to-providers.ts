import { hash } from "node:crypto";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { Target } from "../../core/providers/choose-targets.ts";
import type { GatewayConnection } from "../db/gateway-types.ts";
import { callUpstream, type Upstream } from "../upstream/call-upstream.ts";
import { type Call, type Endpoint, hundredths } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { bodyFor, type Outgoing } from "./render-call.ts";

const PATHS: Record<Endpoint, string> = {
  "chat.completions": "/chat/completions",
  responses: "/responses",
  embeddings: "/embeddings",
};

/** What a local stack gives as the key of its fake provider. */
const FAKE_KEY = "fake";

/** A provider that could not be asked at all. One that was asked and stays silent is not left for another. */
const NOT_ASKED = new Set([
  "upstream_unreachable",
  "upstream_not_configured",
  "provider_address_refused",
  "provider_key_unreadable",
  "insufficient_credits",
]);

/**
 * Sends the request to the first of its providers that takes it: the next one is tried when one cannot be
 * reached, is too busy (429) or fails (5xx), all of which is known before the first byte goes to the client. What
 * the last one says or throws is the outcome. The call says which provider that was and what came before.
 */
export async function sendToProviders(
  gateway: Gateway,
  call: Call,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<Response> {
  const last = outgoing.targets.length - 1;
  for (const [at, target] of outgoing.targets.entries()) {
    const begun = performance.now();
    const failed = (status: number | null, error_code: string | null) => {
      const ms = hundredths(performance.now() - begun);
      call.attempts.push({ provider: target.provider, model: call.model, status, error_code, ms });
    };
    try {
      const response = await sendTo(gateway, call, outgoing, target, signal);
      call.timings.upstream = performance.now() - begun;
      if (at === last || !(response.status === 429 || response.status >= 500)) return response;
      await response.body?.cancel();
      failed(response.status, null);
    } catch (error) {
      if (at === last || !(error instanceof GatewayError && NOT_ASKED.has(error.code))) throw error;
      failed(null, error.code);
    }
  }
  throw new GatewayError("provider_not_connected");
}

async function sendTo(
  gateway: Gateway,
  call: Call,
  outgoing: Outgoing,
  target: Target<GatewayConnection>,
  signal: AbortSignal,
): Promise<Response> {
  call.provider = target.provider;
  call.fake = false;
  if (target.model !== null) call.model = target.model;
  const upstream = target.connection
    ? await gateway.openConnection(target.connection)
    : platformFor(gateway, call);
  const body = bodyFor(outgoing, target.model);
  call.sent = true;
  call.sentBody = body;
  return await callUpstream(upstream, {
    path: PATHS[call.endpoint],
    body,
    requestId: call.requestId,
    idempotencyKey: idempotencyKey(call, target.connection === null),
    clientHeaders: call.request.headers,
    signal,
  });
}

/**
 * The client's own key, if it gives one. The platform's account is everybody's: there two organizations that choose
 * the same key must not be taken for one, or one would be given the other's answer.
 */
function idempotencyKey(call: Call, shared: boolean): string {
  const own = call.request.headers.get("idempotency-key");
  if (own === null) return call.requestId;
  return shared ? hash("sha256", `${call.resolved?.organization_id}:${own}`, "hex") : own;
}

/** The operator's provider, which is paid for with the organization's credit. */
function platformFor(gateway: Gateway, call: Call): Upstream {
  if (gateway.platform === null) throw new GatewayError("upstream_not_configured");
  if (call.creditRefused) throw new GatewayError("insufficient_credits");
  call.fake = gateway.platform.apiKey === FAKE_KEY;
  return gateway.platform;
}
