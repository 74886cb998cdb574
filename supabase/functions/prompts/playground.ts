import { preview } from "../_shared/core/editor/preview.ts";
import type { Includes, PromptMessage, PromptVariables } from "../_shared/core/prompt/types.ts";
import { asResponsesBody } from "../_shared/core/replay/client-words.ts";
import { writeJson } from "../_shared/core/template/write-json.ts";
import { FunctionError, invalidRequest } from "../_shared/server/functions/function-error.ts";
import { exactVariables } from "../_shared/server/gateway/exact-variables.ts";
import { mergeChat } from "../_shared/server/gateway/merge-body.ts";
import { CORS_HEADERS } from "../_shared/server/http/cors.ts";
import { parseJsonObject } from "../_shared/server/http/read-body.ts";
import type { PromptsRequest } from "./handle-request.ts";
import type { PromptsStore } from "./prompts-store.ts";

/**
 * `POST /playground {template_id, input?, variables?, stream?, endpoint?}` with either a draft that is not saved
 * (`messages, config?, contract?`), rendered here as the gateway would, or a saved `version`, which the gateway
 * renders, by `/chat/completions` or, as `endpoint` says, by `/responses`. `input` are the caller's own messages or items, which
 * come after the prompt's. Answers what the gateway answers,
 * refusals included: a stream unless `stream` is false.
 */
export async function playground(request: PromptsRequest, store: PromptsStore): Promise<Response> {
  const text = await request.text();
  const body = parseJsonObject(text);
  const { template_id, input = [], stream = true, endpoint = "chat.completions" } = body;
  if (typeof template_id !== "string" || template_id === "")
    throw invalidRequest("`template_id` is missing.");
  if (!Array.isArray(input)) throw invalidRequest("`input` is not a list of messages.");
  if (typeof stream !== "boolean") throw invalidRequest("`stream` is neither true nor false.");
  if (endpoint !== "chat.completions" && endpoint !== "responses")
    throw invalidRequest("`endpoint` is neither chat.completions nor responses.");
  if (endpoint === "responses" && body.version === undefined)
    throw invalidRequest("A draft is tried by chat.completions alone.");
  const own = { messages: input, stream, ...(stream && { stream_options: { include_usage: true } }) };
  const variables = exactVariables(text, objectIn(body, "variables"), "variables");
  const sent =
    body.version === undefined
      ? withDraft(
          own,
          body,
          variables,
          await store.readIncludes(request.caller, { template_id }, body.messages),
        )
      : withVersion(endpoint === "responses" ? { ...asResponsesBody(input), stream } : own, body, variables);
  const answer = await store.sendToGateway(request.caller, template_id, sent, request.signal, endpoint);
  return new Response(answer.body, { status: answer.status, headers: headersOf(answer) });
}

type Body = Record<string, unknown>;
type Own = Body & { messages: unknown[] };

function withDraft(own: Own, body: Body, variables: PromptVariables, includes: Includes | null): string {
  const rendered = renderDraft(body, variables, includes);
  return mergeChat({ text: JSON.stringify(own), body: own, config: objectIn(body, "config"), rendered });
}

/** The gateway checks the version's number and what the template wants, and says so in its own words. */
function withVersion(own: Body, body: Body, variables: PromptVariables): string {
  return writeJson({
    ...own,
    model: "nemo",
    nemo_prompt_template_id: body.template_id,
    nemo_prompt_version: body.version,
    nemo_prompt_variables: variables,
  });
}

/** With the same code as the gateway renders saved versions; the contract's examples fill what is not given. */
function renderDraft(
  body: Body,
  variables: PromptVariables,
  includes: Includes | null,
): readonly PromptMessage[] {
  const { messages, contract, config } = body;
  const { rendered, error, report } = preview({ messages, contract, config, variables, includes });
  if (rendered) return rendered;
  if (!error) throw invalidRequest(report.findings[0]?.message ?? "`messages` is not a list of messages.");
  const place = error.place === null ? "" : ` At ${error.place}.`;
  const code = error.code.startsWith("prompt_") ? error.code : "prompt_render_failed";
  throw new FunctionError(422, code, `${error.message}${place}`, "Fix the draft, or give other values.");
}

function objectIn(body: Body, name: string): Record<string, unknown> {
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
