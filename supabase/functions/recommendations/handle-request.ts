import { chooseProvider } from "../_shared/core/recommend/choose-provider.ts";
import { loadTokenCounter } from "../_shared/core/tokens/count-tokens.ts";
import type { ReadEnv } from "../_shared/server/env/function-env.ts";
import type { WaitUntil } from "../_shared/server/env/wait-until.ts";
import { type Caller, identifyCaller } from "../_shared/server/functions/caller.ts";
import {
  invalidRequest,
  routeNotFound,
  toErrorResponse,
} from "../_shared/server/functions/function-error.ts";
import { answerPreflight } from "../_shared/server/http/cors.ts";
import { jsonResponse } from "../_shared/server/http/json-response.ts";
import { parseJsonObject, readBodyText } from "../_shared/server/http/read-body.ts";
import { estimateCost } from "./estimate.ts";
import { mayRunQueue } from "./may-run-queue.ts";
import { isFake } from "./model-work.ts";
import type { Providers } from "./providers.ts";
import { rebase } from "./rebase.ts";
import { notFound } from "./recommendations-error.ts";
import { runQueue } from "./run-queue.ts";
import type { Job, Store } from "./store.ts";

export interface Wiring {
  readonly env: ReadEnv;
  readonly providers: Providers;
  readonly store: Store;
  readonly waitUntil: WaitUntil;
}

type Body = Readonly<Record<string, unknown>>;
type Route = (body: Body, caller: Caller, wiring: Wiring) => Promise<unknown>;

/** Routes for people. `POST /run` also serves the schedule, which has no person: see `handleRun`. */
const ROUTES: Readonly<Record<string, Route>> = {
  "POST /estimate": estimate,
  "POST /request": (body, caller, { store }) =>
    store.as(caller)("request_recommendations", {
      template_id: text(body, "template_id"),
      version: version(body),
      kinds: kindsOf(body),
      example_inputs: body.example_inputs ?? [],
      max_cost_nanousd: body.max_cost_nanousd ?? 0,
      idempotency_key: body.idempotency_key ?? null,
    }),
  "POST /cancel": (body, caller, { store }) =>
    store.as(caller)("cancel_recommendations", { job_id: text(body, "job_id") }),
  "POST /rebase": (body, caller, { store }) => rebase(text(body, "recommendation_id"), caller, store),
};

export function createHandler(wiring: Wiring): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "OPTIONS") return answerPreflight(request);
    try {
      const path = new URL(request.url).pathname
        .replace(/^\/recommendations(?=\/|$)/, "")
        .replace(/\/+$/, "");
      const name = `${request.method} ${path}`;
      if (name === "POST /run") return await handleRun(request, wiring);
      const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
      if (!route) throw routeNotFound(name, [...Object.keys(ROUTES), "POST /run"]);
      const caller = await identifyCaller(request, wiring.store.identify);
      return jsonResponse(await route(await readBody(request), caller, wiring));
    } catch (error) {
      return toErrorResponse(error, "recommendations");
    }
  };
}

/**
 * With a ticket of the database's schedule or with the secret key: works what is due; `{wait: false}` has it answered before, for a schedule that would not wait.
 * With a person's token: works that person's job, `{job_id}`.
 */
async function handleRun(request: Request, wiring: Wiring): Promise<Response> {
  const { env, store, providers } = wiring;
  const body = parseJsonObject((await readBodyText(request)) || "{}");
  if (await mayRunQueue(request.headers, env, store)) {
    const work = runQueue(store, providers);
    wiring.waitUntil(work);
    return body.wait === false ? jsonResponse({ accepted: true }, 202) : jsonResponse(await work);
  }
  const caller = await identifyCaller(request, store.identify);
  const id = text(body, "job_id");
  const job = await store.readJob(id, caller);
  if (!job) throw notFound("job");
  const work = runQueue(store, providers, id);
  // Whoever asked may close the page; the job goes on.
  wiring.waitUntil(work);
  await work;
  return jsonResponse(await store.readJob(id, caller));
}

async function estimate(body: Body, caller: Caller, { store, providers }: Wiring): Promise<unknown> {
  const found = await store.readVersion(text(body, "template_id"), version(body), caller);
  if (!found) throw notFound("version");
  const { platform } = providers;
  const connections = await store.readConnections(found.organization_id, caller);
  const choice = chooseProvider(found.config, connections, platform?.model ?? null);
  const own = choice !== null && choice.connection !== null;
  const model = choice?.model ?? null;
  const price = model === null ? null : await store.readPrice(model, own ? found.organization_id : null);
  const inputs = Array.isArray(body.example_inputs) ? body.example_inputs.length : 0;
  const cost = estimateCost(found, kindsOf(body), inputs, await loadTokenCounter(model), price);
  return {
    label: "estimate",
    version: found.version,
    model,
    provider: {
      name: choice?.provider ?? found.config.provider,
      configured: own || (choice !== null && platform !== null),
      is_fake: choice !== null && isFake(choice, platform),
      paid_by: own ? "provider" : "credit",
    },
    ...cost,
  };
}

async function readBody(request: Request): Promise<Body> {
  return parseJsonObject(await readBodyText(request));
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw invalidRequest(`\`${name}\` is missing.`);
  return value;
}

function version(body: Body): number | null {
  const value = body.version ?? null;
  if (
    value !== null &&
    !(Number.isInteger(value) && (value as number) > 0 && (value as number) <= 2_147_483_647)
  )
    throw invalidRequest("`version` is not the number of a version.");
  return value as number | null;
}

const KINDS = ["rules", "clarity", "tokens"];

function kindsOf(body: Body): Job["kinds"] {
  const kinds = body.kinds ?? ["rules"];
  if (!Array.isArray(kinds) || kinds.length === 0 || kinds.some((kind) => !KINDS.includes(kind as string)))
    throw invalidRequest(`\`kinds\` is not a list of ${KINDS.join(", ")}.`);
  return kinds as Job["kinds"];
}
