import { createHash } from "node:crypto";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { canonicalJson } from "../../core/prompt/canonical-hash.ts";
import { PromptVariablesError } from "../../core/prompt/prompt-variables-error.ts";
import { renderPrompt } from "../../core/prompt/render-prompt.ts";
import { TemplateError } from "../../core/template/template-error.ts";
import type { Call } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { askForUsage, asksForUsage, fillFromConfig, prependMessages } from "./merge-body.ts";
import type { ReadCall } from "./read-call.ts";
import { isNemoModel } from "./select-template.ts";
import type { ServedVersion } from "./version-store.ts";

/** What goes to the provider. */
export interface Outgoing {
  text: string;
  body: Record<string, unknown>;
  /** The client asked for an event stream. */
  streamed: boolean;
  /** The gateway, not the client, asked for the usage chunk. */
  removeUsageChunk: boolean;
}

/** Renders the served version, if there is one, and makes the body for the provider. */
export async function renderCall(gateway: Gateway, call: Call, read: ReadCall): Promise<Outgoing> {
  const begun = performance.now();
  const outgoing = call.served ? await withTemplate(gateway, call, read) : withoutTemplate(read);
  call.timings.render = performance.now() - begun;
  if (typeof outgoing.body.model === "string") call.model = outgoing.body.model;
  return outgoing;
}

async function withTemplate(gateway: Gateway, call: Call, read: ReadCall): Promise<Outgoing> {
  const { templateId, version } = call.served as NonNullable<Call["served"]>;
  const served = await preparedVersion(gateway, {
    key_hash: call.keyHash as string,
    template_id: templateId,
    version,
  });
  const rendered = render(served, call.fields.variables ?? {});
  call.renderedMessages = rendered;
  call.renderHash = createHash("sha256").update(canonicalJson(rendered)).digest("hex");
  const body = fillFromConfig(read.body, served.config);
  if (call.endpoint === "responses") {
    body.instructions = rendered.map((message) => message.content).join("\n\n");
  } else if (call.endpoint === "chat.completions") {
    body.messages = prependMessages(rendered, read.body.messages);
  }
  return finish(call, body, null);
}

async function preparedVersion(
  gateway: Gateway,
  key: Parameters<Gateway["version"]>[0],
): Promise<ServedVersion> {
  try {
    return await gateway.version(key);
  } catch (error) {
    throw asGatewayError(error);
  }
}

function render(served: ServedVersion, variables: Record<string, unknown>) {
  try {
    return [...renderPrompt(served.prompt, variables).messages];
  } catch (error) {
    throw asGatewayError(error);
  }
}

function asGatewayError(error: unknown): unknown {
  if (error instanceof PromptVariablesError) {
    return new GatewayError(error.code, { detail: error.message, param: "nemo_prompt_variables" });
  }
  if (error instanceof TemplateError) {
    const budget = (error as { budget?: string }).budget;
    return new GatewayError("prompt_render_failed", {
      detail: budget
        ? `It went over its budget '${budget}'.`
        : `${error.code} at line ${error.line}, column ${error.column}.`,
    });
  }
  return error;
}

function withoutTemplate(read: ReadCall): Outgoing {
  if (isNemoModel(read.body.model)) {
    throw new GatewayError("invalid_request", {
      detail: `'${read.body.model}' is not a model.`,
      param: "model",
    });
  }
  return finish(null, read.body, read.untouchedText);
}

function finish(call: Call | null, body: Record<string, unknown>, untouchedText: string | null): Outgoing {
  const streamed = body.stream === true;
  // Only chat completions have the option; the responses API always tells the usage at its end.
  const ask =
    streamed && !asksForUsage(body) && call?.endpoint !== "responses" && Array.isArray(body.messages);
  const text = ask ? askForUsage(body, untouchedText) : (untouchedText ?? JSON.stringify(body));
  return { text, body, streamed, removeUsageChunk: ask };
}
