import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { ReadEnv } from "../env/function-env.ts";
import { keyRing } from "../secrets/key-ring.ts";
import type { Upstream } from "./call-upstream.ts";
import { guardFromEnvironment, type ResolveHost } from "./guard.ts";

/** What the database holds of an organization's own provider, as far as sending a request there needs it. */
export interface StoredConnection {
  readonly id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly base_url: string;
  readonly sealed_key: string | null;
}

/**
 * Makes a stored connection usable. Throws `provider_address_refused`, `upstream_unreachable` (its name has no
 * address) or `provider_key_unreadable`.
 */
export type OpenConnection = (connection: StoredConnection) => Promise<Upstream>;

/** How many opened keys are kept in memory; what a key is never changes while its sealed form stays the same. */
const KEPT = 500;

export function connectionOpener(env: ReadEnv, resolve: ResolveHost): OpenConnection {
  const guard = guardFromEnvironment(env, resolve);
  const ring = keyRing(env);
  const opened = new Map<string, Promise<string>>();
  const keyOf = (sealed: string, connection: StoredConnection): Promise<string> => {
    const context = sealContext(connection);
    const name = `${sealed} ${context}`;
    let key = opened.get(name);
    if (!key) {
      if (opened.size >= KEPT) opened.clear();
      key = ring.open(sealed, context);
      opened.set(name, key);
      key.catch(() => opened.delete(name));
    }
    return key.catch(() => {
      throw new GatewayError("provider_key_unreadable");
    });
  };
  return async (connection) => {
    await guard(connection.base_url);
    const { base_url, sealed_key } = connection;
    return { baseUrl: base_url, apiKey: sealed_key === null ? null : await keyOf(sealed_key, connection) };
  };
}

/** Whose key it is and for which server: a sealed key opens for nothing else, whatever a row is changed to. */
export function sealContext(
  connection: Pick<StoredConnection, "id" | "organization_id" | "base_url">,
): string {
  return `${connection.organization_id}:${connection.id}:${new URL(connection.base_url).origin}`;
}
