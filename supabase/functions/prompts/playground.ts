import { preview } from "../_shared/core/editor/preview.ts";
import type { PromptMessage, PromptVariables } from "../_shared/core/prompt/types.ts";
import { FunctionError, invalidRequest } from "../_shared/server/functions/function-error.ts";
import { mergeChat } from "../_shared/server/gateway/merge-body.ts";
import { CORS_HEADERS } from "../_shared/server/http/cors.ts";
import type { PromptsRequest } from "./handle-request.ts";
import type { PromptsStore } from "./prompts-store.ts";

/**
 * `POST /playground {template_id, messages, config?, contract?, variables?, input?}`: renders a draft that is
 * not saved, and streams the provider's answer to it, as the gateway would. `input` are the caller's own
 * messages, which come after the draft's. Answers what the gateway answers, refusals included.
 */
export async function playground(request: PromptsRequest, store: PromptsStore): Promise<Response> {
  const body = await request.body();
  const { template_id, input } = body;
  if (typeof template_id !== "string" || template_id === "")
    throw invalidRequest("`template_id` is missing.");
  if (input !== undefined && !Array.isArray(input))
    throw invalidRequest("`input` is not a list of messages.");
  const own = { messages: input ?? [], stream: true, stream_options: { include_usage: true } };
  const rendered = renderDraft(body);
  const sent = JSON.parse(
    mergeChat({ text: JSON.stringify(own), body: own, config: objectIn(body, "config"), rendered }),
  );
  const answer = await store.sendToGateway(request.caller, template_id, sent, request.signal);
  return new Response(answer.body, { status: answer.status, headers: headersOf(answer) });
}

/** With the same code as the gateway renders saved versions; the contract's examples fill what is not given. */
function renderDraft(body: Record<string, unknown>): readonly PromptMessage[] {
  const variables = objectIn(body, "variables") as PromptVariables;
  const { messages, contract, config } = body;
  const { rendered, error, report } = preview({ messages, contract, config, variables });
  if (rendered) return rendered;
  if (!error) throw invalidRequest(report.findings[0]?.message ?? "`messages` is not a list of messages.");
  const place = error.line === null ? "" : ` Line ${error.line}, column ${error.column}.`;
  const code = error.code.startsWith("prompt_") ? error.code : "prompt_render_failed";
  throw new FunctionError(422, code, `${error.message}${place}`, "Mend the draft, or give other values.");
}

function objectIn(body: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = body[name] ?? {};
  if (typeof value !== "object" || Array.isArray(value))
    throw invalidRequest(`\`${name}\` is not an object.`);
  return value as Record<string, unknown>;
}

function headersOf(answer: Response): Record<string, string> {
  const headers: Record<string, string> = { ...CORS_HEADERS, "cache-control": "no-store" };
  for (const name of ["content-type", "retry-after", "x-nemo-request-id", "server-timing"]) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return headers;
}
