import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { isPublicAddress } from "../../core/providers/public-address.ts";
import {
  type AllowedHosts,
  addressOf,
  checkUpstreamUrl,
  readAllowedHosts,
  URL_REFUSALS,
} from "../../core/providers/upstream-url.ts";
import type { ReadEnv } from "../env/function-env.ts";

/** All addresses of a name. Rejects or answers none when it has none. */
export type ResolveHost = (name: string) => Promise<string[]>;

/**
 * Lets a request of an organization's own provider go, or throws `provider_address_refused` before anything is
 * sent. To be asked before every connection: what a name means may change.
 */
export type UpstreamGuard = (baseUrl: string) => Promise<void>;

/**
 * How long an answer of the resolver holds. Between this check and the connection the name is resolved once more,
 * by fetch, which cannot be told an address to use. A name that changes its meaning in between gains nothing: the
 * connection is TLS, so what listens at a private address would have to prove that it is that public name before
 * it gets a single byte of the request.
 */
const KEEP_MS = 10_000;
const RESOLVE_MS = 5_000;
const KEPT_NAMES = 500;

export function upstreamGuard(allowed: AllowedHosts, resolve: ResolveHost): UpstreamGuard {
  const checked = new Map<string, number>();
  return async (baseUrl) => {
    const { url, refusal } = checkUpstreamUrl(baseUrl, allowed);
    if (refusal !== null)
      throw new GatewayError("provider_address_refused", { detail: URL_REFUSALS[refusal] });
    if (allowed(url) || addressOf(url) !== null) return;
    const now = performance.now();
    if ((checked.get(url.hostname) ?? 0) > now) return;
    // One private address among public ones is enough: which of them is used is not ours to choose.
    if (!(await addressesOf(url.hostname, resolve)).every(isPublicAddress))
      throw new GatewayError("provider_address_refused", { detail: URL_REFUSALS.not_public });
    if (checked.size >= KEPT_NAMES) checked.clear();
    checked.set(url.hostname, now + KEEP_MS);
  };
}

/** A guard as the function's environment says. */
export function guardFromEnvironment(env: ReadEnv, resolve: ResolveHost): UpstreamGuard {
  return upstreamGuard(readAllowedHosts(env("NEMO_ALLOW_PRIVATE_UPSTREAMS")), resolve);
}

/** At least one address, or `upstream_unreachable`. */
async function addressesOf(name: string, resolve: ResolveHost): Promise<string[]> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string[]>((give) => {
    timer = setTimeout(() => give([]), RESOLVE_MS);
  });
  const addresses = await Promise.race([resolve(name).catch(() => []), late]).finally(() =>
    clearTimeout(timer),
  );
  if (addresses.length === 0)
    throw new GatewayError("upstream_unreachable", { detail: "Its name has no address." });
  return addresses;
}

type ResolveDns = (name: string, type: "A" | "AAAA") => Promise<string[]>;

/** Both kinds of addresses, from a resolver that is asked for one kind at a time. */
export function resolveBoth(resolveDns: ResolveDns): ResolveHost {
  return async (name) => {
    const kinds = await Promise.allSettled([resolveDns(name, "A"), resolveDns(name, "AAAA")]);
    return kinds.flatMap((kind) => (kind.status === "fulfilled" ? kind.value : []));
  };
}
