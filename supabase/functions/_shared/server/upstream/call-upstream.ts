import { GatewayError } from "../../core/errors/gateway-errors.ts";

/** A provider that speaks OpenAI's API. */
export interface Upstream {
  /** Up to and with `/v1`, without a slash at its end. */
  baseUrl: string;
  apiKey: string | null;
}

/** The few headers of a client that a provider should see; never its authorization, cookies or address. */
const PASSED_ON = ["accept", "openai-beta"];

export interface UpstreamCall {
  path: string;
  body: string;
  requestId: string;
  /**
   * Deno 2.9 (2.1 does not) repeats a request, once, when a connection it had kept is closed without an answer. By
   * this a provider that has carried it out can tell that it is the same one.
   */
  idempotencyKey: string;
  clientHeaders: Headers;
  /** Aborts the call: the client went away, or nothing came in time. */
  signal: AbortSignal;
}

/**
 * Sends a request to a provider and answers as soon as its headers are there. Redirects are not followed: they
 * would carry the key to an address nobody checked. Throws `upstream_unreachable` or `upstream_timeout`.
 */
export async function callUpstream(upstream: Upstream, call: UpstreamCall): Promise<Response> {
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "nemo-gateway",
    "x-client-request-id": call.requestId,
    "idempotency-key": call.idempotencyKey,
  };
  if (upstream.apiKey !== null) headers.authorization = `Bearer ${upstream.apiKey}`;
  for (const name of PASSED_ON) {
    const value = call.clientHeaders.get(name);
    if (value !== null) headers[name] = value;
  }
  let response: Response;
  try {
    response = await fetch(upstream.baseUrl + call.path, {
      method: "POST",
      headers,
      body: call.body,
      redirect: "manual",
      signal: call.signal,
    });
  } catch {
    // The reason of an abort is the answer; anything else is the network's.
    if (call.signal.aborted && call.signal.reason instanceof GatewayError) throw call.signal.reason;
    throw new GatewayError("upstream_unreachable");
  }
  await refuseRedirect(response);
  await refuseNoAnswer(response);
  return response;
}

/** Statuses that cannot be handed on: no client knows them, has a body with them, or asked the proxy that wants a password. */
async function refuseNoAnswer({ status, body }: Response): Promise<void> {
  if (status >= 200 && status < 600 && ![204, 205, 407].includes(status)) return;
  await body?.cancel();
  throw new GatewayError("upstream_invalid_response", { detail: `Its status is ${status}.` });
}

/** Throws `upstream_unreachable` for a redirect, which nobody follows: the address it names was not checked. */
export async function refuseRedirect(response: Response): Promise<void> {
  if (response.status < 300 || response.status >= 400) return;
  await response.body?.cancel();
  throw new GatewayError("upstream_unreachable", {
    detail: "It answered with a redirect, which is not followed.",
  });
}
