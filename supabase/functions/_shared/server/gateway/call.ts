import type { GatewayConnection, Resolved } from "../db/gateway-types.ts";
import type { Usage } from "../stream/usage.ts";
import { variablesText } from "./exact-variables.ts";
import type { NemoFields } from "./nemo-fields.ts";

export type Endpoint = "chat.completions" | "responses" | "embeddings";

/** A provider that was tried in vain before the one that answered. */
export interface Attempt {
  provider: string;
  model: string | null;
  /** What it answered, or null when it could not be asked; then `error_code` says why. */
  status: number | null;
  error_code: string | null;
  ms: number;
}

/** One request on its way through the gateway. Each step of the pipeline fills in what it finds out. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly request: Request;
  readonly requestId: string;
  readonly clientRequestId: string | null;
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
  readonly timings: { auth?: number; resolve?: number; render?: number; upstream?: number };
  keyHash: string | null;
  /** What the client sent, byte for byte. */
  receivedBody: string;
  fields: NemoFields;
  resolved: Resolved | null;
  /** Settles when the database knows of the request, where it was answered ahead of that. */
  admission: Promise<void> | null;
  /** The organization's own providers. */
  connections: readonly GatewayConnection[];
  /** The credit is used up: only an own provider may answer. */
  creditRefused: boolean;
  served: {
    templateId: string;
    version: number;
    variant: string | null;
    testId: string | null;
    testPhase: number | null;
  } | null;
  renderedMessages: unknown[] | null;
  /** What the client itself said, for the log under policy `full`. */
  clientMessages: unknown[] | null;
  renderHash: string | null;
  model: string | null;
  /** The model the client named itself, a template's name not being one. */
  clientModel: string | null;
  /** Who is asked: the name of a connection, or `platform`. */
  provider: string | null;
  /** That provider is the local stack's fake one, in place of the platform's. */
  fake: boolean;
  readonly attempts: Attempt[];
  /** Whether the request was handed to the provider: from then on it may cost something. */
  sent: boolean;
  /** A template that was asked for and not found: counted if it is another organization's. */
  deniedTemplate: string | null;
  /** What was sent to the provider, byte for byte. */
  sentBody: string;
}

/** How a call ended, for the log. */
export interface Ending {
  status: number;
  errorCode: string | null;
  usage: Usage | null;
  usageEstimated: boolean;
  firstByteAt: number | null;
  /** The answer, as far as it is kept: used under policy `full` only. */
  response: unknown;
}

export function beginCall(request: Request, endpoint: Endpoint, requestId: string): Call {
  return {
    endpoint,
    request,
    requestId,
    clientRequestId: request.headers.get("x-request-id") || null,
    startedAt: performance.now(),
    timings: {},
    keyHash: null,
    receivedBody: "",
    fields: {},
    resolved: null,
    admission: null,
    connections: [],
    creditRefused: false,
    served: null,
    renderedMessages: null,
    clientMessages: null,
    renderHash: null,
    model: null,
    clientModel: null,
    provider: null,
    fake: false,
    attempts: [],
    sent: false,
    deniedTemplate: null,
    sentBody: "",
  };
}

/** The row of the log, the charge and the counts, as `nemo_private.gateway_record` takes it. */
export function logEntry(call: Call, ending: Ending): object {
  const full = call.resolved?.data_policy === "full";
  const { served, attempts } = call;
  const unknown = call.sent ? undefined : 0;
  // What is undefined is not written: the database takes what is left out as null.
  return {
    request_id: call.requestId,
    key_hash: call.keyHash,
    client_request_id: call.clientRequestId ?? undefined,
    template_id: served?.templateId,
    version: served?.version,
    variant: served?.variant ?? undefined,
    test_id: served?.testId ?? undefined,
    test_phase: served?.testPhase ?? undefined,
    render_hash: call.renderHash ?? undefined,
    endpoint: call.endpoint,
    model: call.model ?? undefined,
    provider: call.provider ?? "platform",
    fake: call.fake || undefined,
    attempts: attempts.length > 0 ? attempts : undefined,
    status: ending.status,
    error_code: ending.errorCode ?? undefined,
    latency_ms: performance.now() - call.startedAt,
    ttft_ms: ending.firstByteAt === null ? undefined : ending.firstByteAt - call.startedAt,
    prompt_tokens: ending.usage?.promptTokens ?? unknown,
    cached_tokens: ending.usage?.cachedTokens,
    completion_tokens: ending.usage?.completionTokens ?? unknown,
    usage_estimated: ending.usageEstimated,
    subject: call.fields.subject,
    denied_template: call.deniedTemplate ?? undefined,
    // As text: what is parsed and written again is no longer what was sent.
    variables: full && call.fields.variables ? variablesText(call.receivedBody) : undefined,
    rendered_messages: full ? (call.renderedMessages ?? undefined) : undefined,
    client_messages: full ? (call.clientMessages ?? undefined) : undefined,
    response: full ? (ending.response ?? undefined) : undefined,
  };
}

/** The receipt: what was really served, as far as it is known yet. */
export function receiptHeaders(call: Call): Record<string, string> {
  const headers: Record<string, string> = {
    "x-nemo-request-id": call.requestId,
    "x-request-id": call.requestId,
  };
  if (call.served) {
    headers["x-nemo-template-id"] = call.served.templateId;
    headers["x-nemo-version"] = String(call.served.version);
    if (call.served.variant) headers["x-nemo-variant"] = call.served.variant;
    if (call.served.testId) headers["x-nemo-test-id"] = call.served.testId;
  }
  if (call.renderHash) headers["x-nemo-render-hash"] = call.renderHash;
  const limit = call.resolved?.limit ?? null;
  if (limit !== null && call.resolved) {
    headers["x-ratelimit-limit-requests"] = String(limit);
    headers["x-ratelimit-remaining-requests"] = String(call.resolved.remaining ?? 0);
    headers["x-ratelimit-reset-requests"] = `${call.resolved.reset_seconds ?? 60}s`;
  }
  if (call.provider) headers["x-nemo-provider"] = call.provider;
  headers["server-timing"] = serverTiming(call);
  return headers;
}

/** Each step's milliseconds, and each provider that was tried in vain with what came of it. */
function serverTiming({ timings, attempts }: Call): string {
  let text = "";
  for (const name in timings) {
    text += `${text && ", "}${name};dur=${hundredths(timings[name as keyof typeof timings] as number)}`;
  }
  attempts.forEach(({ provider, status, error_code, ms }, at) => {
    text += `${text && ", "}attempt${at + 1};dur=${hundredths(ms)};desc="${provider} ${status ?? error_code}"`;
  });
  return text;
}

/** Milliseconds as they are told: no clock is finer than that. */
export const hundredths = (ms: number): number => Math.round(ms * 100) / 100;
