import type { z } from "zod";
import type { GatewayDatabase } from "../_shared/server/db/gateway-database.ts";
import { type Caller, identifyCaller } from "../_shared/server/functions/caller.ts";
import {
  invalidRequest,
  routeNotFound,
  toErrorResponse,
} from "../_shared/server/functions/function-error.ts";
import type { SupabaseAccess } from "../_shared/server/functions/supabase-access.ts";
import { answerPreflight } from "../_shared/server/http/cors.ts";
import { jsonResponse } from "../_shared/server/http/json-response.ts";
import { parseJsonObject, readBodyText } from "../_shared/server/http/read-body.ts";
import type { KeyRing } from "../_shared/server/secrets/key-ring.ts";
import type { UpstreamGuard } from "../_shared/server/upstream/guard.ts";
import type { OpenConnection } from "../_shared/server/upstream/open-connection.ts";
import { createConnection, updateConnection } from "./save-connection.ts";
import { testConnection } from "./test-connection.ts";

/** What the routes work with. */
export interface Wiring {
  readonly access: SupabaseAccess;
  readonly database: Pick<GatewayDatabase, "provider">;
  readonly ring: KeyRing;
  readonly guard: UpstreamGuard;
  readonly openConnection: OpenConnection;
}

type Route = (body: Record<string, unknown>, caller: Caller, wiring: Wiring) => Promise<unknown>;

/** Removing needs no secret and no address, so people do that with `rpc('delete_provider_connection')`. */
const ROUTES: Readonly<Record<string, Route>> = {
  "POST /create": createConnection,
  "POST /update": updateConnection,
  "POST /test": testConnection,
};

const MAX_BODY_BYTES = 64 * 1024;

/** Answers every request in the name of the person whose access token it carries. */
export function createProvidersHandler(wiring: Wiring): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "OPTIONS") return answerPreflight(request);
    try {
      const path = new URL(request.url).pathname.replace(/^\/providers(?=\/|$)/, "").replace(/\/+$/, "");
      const name = `${request.method} ${path}`;
      const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
      if (!route) throw routeNotFound(name, Object.keys(ROUTES));
      const caller = await identifyCaller(request, wiring.access.identify);
      const body = parseJsonObject(await readBodyText(request, MAX_BODY_BYTES));
      return jsonResponse(await route(body, caller, wiring));
    } catch (error) {
      return toErrorResponse(error, "providers");
    }
  };
}

/** The body in a route's shape. What does not fit is named, and what was given in its place is not repeated: it may be a key. */
export function readAs<T extends z.ZodType>(shape: T, body: Record<string, unknown>): z.infer<T> {
  const { success, data, error } = shape.safeParse(body);
  if (success) return data;
  const issue = error.issues[0];
  const name = issue?.path.join(".") || (issue?.code === "unrecognized_keys" ? issue.keys[0] : "body");
  throw invalidRequest(`\`${name}\` has the wrong form, is missing or is not a field of this route.`);
}
