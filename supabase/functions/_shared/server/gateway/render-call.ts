import { hash } from "node:crypto";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { canonicalJson } from "../../core/prompt/canonical-hash.ts";
import { PromptVariablesError } from "../../core/prompt/prompt-variables-error.ts";
import { renderPrompt } from "../../core/prompt/render-prompt.ts";
import { chooseTargets, type Target } from "../../core/providers/choose-targets.ts";
import { describePlace, TemplateError } from "../../core/template/template-error.ts";
import type { GatewayConnection } from "../db/gateway-types.ts";
import type { Call } from "./call.ts";
import { clientWords } from "./client-words.ts";
import { exactVariables } from "./exact-variables.ts";
import type { Gateway } from "./gateway.ts";
import { askForUsage, lacksUsage, mergeChat, mergeResponse, modelOf, withModel } from "./merge-body.ts";
import type { ReadCall } from "./read-call.ts";
import { asResponsesConfig } from "./responses-config.ts";
import { isNemoModel } from "./select-template.ts";
import type { ServedVersion } from "./version-store.ts";

/** What goes to the provider. */
export interface Outgoing {
  text: string;
  /** The model in the text. */
  model: string | null;
  /** The client asked for an event stream. */
  streamed: boolean;
  /** The gateway, not the client, asked for the usage chunk. */
  removeUsageChunk: boolean;
  /** The providers it goes to, in order; at least one. */
  targets: Target<GatewayConnection>[];
}

/** Renders the served version, if there is one, and makes the body for the provider. */
export async function renderCall(gateway: Gateway, call: Call, read: ReadCall): Promise<Outgoing> {
  const begun = performance.now();
  const { text, config } = call.served
    ? await withTemplate(gateway, call, read)
    : { text: withoutTemplate(read), config: {} };
  call.timings.render = performance.now() - begun;
  const streamed = read.body.stream === true;
  // Only chat completions have the option; the responses API always tells the usage at its end.
  const ask = streamed && call.endpoint === "chat.completions" && lacksUsage(read.body);
  const { model, clientModel, connections } = call;
  const targets = chooseTargets({ clientModel, model, config }, connections);
  if (!targets[0]) throw new GatewayError("provider_not_connected");
  call.provider = targets[0].provider;
  return {
    text: ask ? askForUsage(text, read.body) : text,
    model,
    streamed,
    removeUsageChunk: ask,
    targets,
  };
}

/** The body as it is rendered, but for the model's name where a provider is asked for another. */
export function bodyFor(outgoing: Outgoing, model: string | null): string {
  return model === null || model === outgoing.model ? outgoing.text : withModel(outgoing.text, model);
}

async function withTemplate(
  gateway: Gateway,
  call: Call,
  read: ReadCall,
): Promise<{ text: string; config: Record<string, unknown> }> {
  const { templateId, version } = call.served as NonNullable<Call["served"]>;
  const key = { key_hash: call.keyHash as string, template_id: templateId, version };
  const known = gateway.version(key);
  // Nearly always it is there, and waiting for what is there costs a turn.
  const served = known instanceof Promise ? await loadedVersion(known) : known;
  const rendered = render(served, exactVariables(read.text, call.fields.variables));
  call.renderedMessages = rendered;
  call.clientMessages = clientWords(call.endpoint, read.body);
  call.renderHash = hash("sha256", canonicalJson(rendered), "hex");
  call.model = modelOf(read.body, served.config);
  const { text, body } = read;
  const { config } = served;
  return {
    config,
    text:
      call.endpoint === "responses"
        ? mergeResponse({ text, body, config: asResponsesConfig(config), rendered })
        : mergeChat({ text, body, config, rendered }),
  };
}

async function loadedVersion(loading: Promise<ServedVersion>): Promise<ServedVersion> {
  try {
    return await loading;
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
    const { budget } = error;
    return new GatewayError("prompt_render_failed", {
      detail: budget ? `It went over its budget '${budget}'.` : `${error.code} at ${describePlace(error)}.`,
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
  return read.untouchedText();
}
