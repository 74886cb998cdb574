import { GatewayError } from "../_shared/core/errors/gateway-errors.ts";
import { readAtMost } from "../_shared/server/http/read-body.ts";
import { refuseRedirect } from "../_shared/server/upstream/call-upstream.ts";

/** More than the longest answer that is asked for. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * A fetch for an address somebody typed in, by the rules of the gateway: checked before each call, no redirect is
 * followed, and what is too long to be an answer is none. Without a key the provider gets no authorization.
 */
export function guardedFetch(check: () => Promise<unknown>, withKey: boolean): typeof fetch {
  return async (input, init) => {
    await check();
    const headers = new Headers(init?.headers);
    if (!withKey) headers.delete("authorization");
    const response = await fetch(input, { ...init, headers, redirect: "manual" });
    await refuseRedirect(response);
    const bytes = await readAtMost(response.body, MOST_BYTES);
    if (bytes === null) throw new GatewayError("upstream_invalid_response", { detail: "It is too long." });
    const { status } = response;
    const type = response.headers.get("content-type") ?? "application/json";
    return new Response(bytes.length > 0 ? (bytes as BodyInit) : null, {
      status,
      headers: { "content-type": type },
    });
  };
}
