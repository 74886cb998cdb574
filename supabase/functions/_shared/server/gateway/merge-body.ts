import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { isPlainObject } from "./nemo-fields.ts";
import { isNemoModel } from "./select-template.ts";

type Body = Record<string, unknown>;

/**
 * Keys of a version's config that never fill a request: how an answer is delivered is the client's business,
 * and messages come from the version's messages.
 */
const NOT_FILLED = new Set(["messages", "input", "instructions", "stream", "stream_options"]);

/** Two names for one parameter: a client that gave either has given it, and providers refuse both together. */
const SAME_PARAMETER: Record<string, string> = {
  max_tokens: "max_completion_tokens",
  max_completion_tokens: "max_tokens",
};

/**
 * Fills what the client left out from the version's config; the client's explicit parameter wins, `null`
 * included. The model is the client's unless that is `nemo…` or missing. Throws `invalid_request` when nobody
 * names a model.
 */
export function fillFromConfig(body: Body, config: Body): Body {
  const merged: Body = {};
  for (const [name, value] of Object.entries(config)) {
    if (NOT_FILLED.has(name) || name.startsWith("nemo_")) continue;
    const other = SAME_PARAMETER[name];
    if (other !== undefined && Object.hasOwn(body, other)) continue;
    merged[name] = value;
  }
  const model = modelOf(body, config);
  return Object.assign(merged, body, { model });
}

function modelOf(body: Body, config: Body): string {
  const fromClient = isNemoModel(body.model) ? undefined : body.model;
  const model = fromClient ?? config.model;
  if (typeof model === "string" && model !== "") return model;
  throw new GatewayError("invalid_request", {
    detail: "Neither the request nor the prompt's version names a model.",
    param: "model",
  });
}

/** The version's messages first, then the client's, which are passed on as they came and never rendered. */
export function prependMessages(rendered: readonly unknown[], clientMessages: unknown): unknown[] {
  if (clientMessages === undefined || clientMessages === null) return [...rendered];
  if (!Array.isArray(clientMessages)) {
    throw new GatewayError("invalid_request", { detail: "'messages' must be an array.", param: "messages" });
  }
  return [...rendered, ...clientMessages];
}

/** Whether the client itself asked for the usage chunk at the end of a stream. */
export function asksForUsage(body: Body): boolean {
  return isPlainObject(body.stream_options) && body.stream_options.include_usage === true;
}

/**
 * Makes the provider send the usage at the end of a stream. An untouched body stays untouched but for these
 * bytes: they are inserted in the client's own text, so numbers and spacing reach the provider as they came.
 */
export function askForUsage(body: Body, untouchedText: string | null): string {
  if (untouchedText !== null && !Object.hasOwn(body, "stream_options")) {
    return untouchedText.replace("{", '{"stream_options":{"include_usage":true},');
  }
  const options = isPlainObject(body.stream_options) ? body.stream_options : {};
  return JSON.stringify({ ...body, stream_options: { ...options, include_usage: true } });
}
