import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { answerPreflight } from "../http/cors.ts";
import { errorResponse } from "../http/json-response.ts";
import { discardBody } from "../http/read-body.ts";
import type { Endpoint } from "./call.ts";
import { answerFeedback } from "./feedback.ts";
import type { Gateway } from "./gateway.ts";
import { answerHealth } from "./health.ts";
import { listModels } from "./models.ts";
import { renderOnly } from "./render-only.ts";
import { serveCall } from "./serve-call.ts";

type Route = (gateway: Gateway, request: Request, path: string) => Promise<Response>;

const completion =
  (endpoint: Endpoint): Route =>
  (gateway, request) =>
    serveCall(gateway, request, endpoint);

const ROUTES: { method: string; pattern: RegExp; answer: Route }[] = [
  { method: "POST", pattern: /^\/chat\/completions$/, answer: completion("chat.completions") },
  { method: "POST", pattern: /^\/responses$/, answer: completion("responses") },
  { method: "POST", pattern: /^\/embeddings$/, answer: completion("embeddings") },
  { method: "POST", pattern: /^\/prompts\/[^/]+\/render$/, answer: renderOnly },
  { method: "POST", pattern: /^\/feedback$/, answer: answerFeedback },
  { method: "GET", pattern: /^\/models$/, answer: listModels },
  { method: "GET", pattern: /^\/health$/, answer: answerHealth },
];

/** Every request of the function `gateway`. The path has the function's name in front on Supabase. */
export async function handleRequest(gateway: Gateway, request: Request): Promise<Response> {
  if (request.method === "OPTIONS") return answerPreflight(request);
  const { path, matching } = matchingRoutes(request.url);
  const route = matching.find(({ method }) => method === request.method);
  if (route) return await route.answer(gateway, request, path);
  await discardBody(request);
  return errorResponse(refusal(matching), { "x-nemo-request-id": gateway.newRequestId() });
}

function refusal(matching: readonly { method: string }[]): GatewayError {
  if (matching.length === 0) return new GatewayError("route_not_found");
  const allow = matching.map(({ method }) => method).join(", ");
  return new GatewayError("method_not_allowed", { detail: `It answers ${allow}.`, headers: { allow } });
}

interface Matching {
  path: string;
  matching: readonly (typeof ROUTES)[number][];
}

/** Nearly all requests go to a handful of addresses: what was found for one is kept. */
const found = new Map<string, Matching>();
const KEPT = 200;

function matchingRoutes(url: string): Matching {
  let known = found.get(url);
  if (!known) {
    const path = routePath(url);
    known = { path, matching: ROUTES.filter(({ pattern }) => pattern.test(path)) };
    if (found.size >= KEPT) found.clear();
    if (known.matching.length > 0) found.set(url, known);
  }
  return known;
}

/** `/gateway/v1/models` on Supabase, `/v1/models` elsewhere: `/models` here. A base URL may end in a slash. */
function routePath(url: string): string {
  const path = new URL(url).pathname.replace(/\/{2,}/g, "/");
  return path.replace(/^(?:\/gateway)?(?:\/v1)?(?=\/)/, "").replace(/\/+$/, "");
}
