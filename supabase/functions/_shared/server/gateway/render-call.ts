import { createHash } from "node:crypto";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { canonicalJson } from "../../core/prompt/canonical-hash.ts";
import { PromptVariablesError } from "../../core/prompt/prompt-variables-error.ts";
import { renderPrompt } from "../../core/prompt/render-prompt.ts";
import { TemplateError } from "../../core/template/template-error.ts";
import type { Call } from "./call.ts";
import type { Gateway } from "./gateway.ts";
import { askForUsage, lacksUsage, mergeChat, mergeResponse, modelOf } from "./merge-body.ts";
import type { ReadCall } from "./read-call.ts";
import { asResponsesConfig } from "./responses-config.ts";
import { isNemoModel } from "./select-template.ts";
import type { ServedVersion } from "./version-store.ts";

/** What goes to the provider. */
export interface Outgoing {
  text: string;
  /** The client asked for an event stream. */
  streamed: boolean;
  /** The gateway, not the client, asked for the usage chunk. */
  removeUsageChunk: boolean;
}

/** Renders the served version, if there is one, and makes the body for the provider. */
export async function renderCall(gateway: Gateway, call: Call, read: ReadCall): Promise<Outgoing> {
  const begun = performance.now();
  const text = call.served ? await withTemplate(gateway, call, read) : withoutTemplate(read);
  call.timings.render = performance.now() - begun;
  const streamed = read.body.stream === true;
  // Only chat completions have the option; the responses API always tells the usage at its end.
  const ask = streamed && call.endpoint === "chat.completions" && lacksUsage(read.body);
  return { text: ask ? askForUsage(text, read.body) : text, streamed, removeUsageChunk: ask };
}

async function withTemplate(gateway: Gateway, call: Call, read: ReadCall): Promise<string> {
  const { templateId, version } = call.served as NonNullable<Call["served"]>;
  const served = await preparedVersion(gateway, {
    key_hash: call.keyHash as string,
    template_id: templateId,
    version,
  });
  const rendered = render(served, call.fields.variables ?? {});
  call.renderedMessages = rendered;
  call.renderHash = createHash("sha256").update(canonicalJson(rendered)).digest("hex");
  call.model = modelOf(read.body, served.config);
  const { text, body } = read;
  return call.endpoint === "responses"
    ? mergeResponse({ text, body, config: asResponsesConfig(served.config), rendered })
    : mergeChat({ text, body, config: served.config, rendered });
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

function withoutTemplate(read: ReadCall): string {
  if (isNemoModel(read.body.model)) {
    throw new GatewayError("invalid_request", {
      detail: "'nemo' is not a model: name a template, or use a key that has a default one.",
      param: "model",
    });
  }
  return read.text;
}
