import { type Caller, identifyCaller } from "../_shared/server/functions/caller.ts";
import {
  invalidRequest,
  routeNotFound,
  toErrorResponse,
} from "../_shared/server/functions/function-error.ts";
import { answerPreflight } from "../_shared/server/http/cors.ts";
import { parseJsonObject, readBodyText } from "../_shared/server/http/read-body.ts";
import { activate } from "./activate.ts";
import { exportAudit } from "./audit-export.ts";
import { lint } from "./lint.ts";
import { playground } from "./playground.ts";
import type { PromptsStore } from "./prompts-store.ts";

/** What a route works with. */
export interface PromptsRequest {
  readonly caller: Caller;
  readonly url: URL;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  /** The body as it was sent. */
  text(): Promise<string>;
  /** The same as an object; throws when it is not one. Either is asked for once. */
  body(): Promise<Record<string, unknown>>;
}

type Route = (request: PromptsRequest, store: PromptsStore) => Promise<Response>;

const ROUTES: Readonly<Record<string, Route>> = {
  "POST /activate": activate,
  "POST /lint": lint,
  "POST /playground": playground,
  "GET /audit-export": exportAudit,
};

/** The largest body: a version may have 64 KiB of text and as much contract, and JSON escapes at worst sixfold. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Answers every request: preflight, route, person, work. All that goes wrong becomes one shape of error. */
export function createPromptsHandler(store: PromptsStore): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "OPTIONS") return answerPreflight(request);
    try {
      const url = new URL(request.url);
      const route = findRoute(request.method, url.pathname);
      const caller = await identifyCaller(request, store.identify);
      const text = () => readBodyText(request, MAX_BODY_BYTES);
      const body = async () => parseJsonObject(await text());
      return await route({ caller, url, text, body, signal: request.signal }, store);
    } catch (error) {
      return toErrorResponse(error, "prompts");
    }
  };
}

/** The platform puts the function's name in front of the path. */
function findRoute(method: string, pathname: string): Route {
  const path = pathname.replace(/^\/prompts(?=\/|$)/, "").replace(/\/+$/, "");
  const name = `${method} ${path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  if (route) return route;
  throw routeNotFound(`${method} ${path || "/"}`, Object.keys(ROUTES));
}

/** `template_id` and `version` of a body. */
export function versionName(body: Record<string, unknown>): { template_id: string; version: number } {
  const { template_id, version } = body;
  if (typeof template_id !== "string" || template_id === "")
    throw invalidRequest("`template_id` is missing.");
  if (!Number.isInteger(version) || (version as number) < 1 || (version as number) > 2_147_483_647) {
    throw invalidRequest("`version` is not the number of a version.");
  }
  return { template_id, version: version as number };
}
