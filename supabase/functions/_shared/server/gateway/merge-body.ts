import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { PromptMessage } from "../../core/prompt/types.ts";
import { editObject, joinArrays, membersOf } from "../json/json-text.ts";
import { isPlainObject, PREFIX } from "./nemo-fields.ts";
import { isNemoModel } from "./select-template.ts";

type Body = Record<string, unknown>;

/** A client's body and the version that is served with it. */
export interface Merge {
  /** The client's own text, as it came. */
  text: string;
  /** The same, parsed, without anything of ours in it. */
  body: Body;
  /** The version's config, in the words of the endpoint that is called. */
  config: Body;
  rendered: readonly PromptMessage[];
}

/** What the gateway itself reads of a body. If such a name occurs twice, the provider must not read the other one. */
const READ_BY_US = new Set([
  ...["model", "messages", "input", "metadata", "stream", "stream_options"],
  ...["max_tokens", "max_completion_tokens", "max_output_tokens", "n"],
]);

/** Whether the client's text cannot go to the provider as it is although nothing of ours is in what was parsed. */
export function isAmbiguous(text: string): boolean {
  const seen = new Set<string>();
  for (const { name } of membersOf(text)) {
    if (!READ_BY_US.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** The client's text without the fields of ours and the keys of ours in `metadata`; the rest keeps every byte. */
export function withoutNemoFields(text: string): string {
  return editObject(text, withoutOurs);
}

const isOurs = (name: string) => name.startsWith(PREFIX);

/** What is left of a member when what is ours is taken out of it. */
function withoutOurs(name: string, value: string): string | null {
  if (isOurs(name)) return null;
  if (name !== "metadata" || !value.startsWith("{")) return value;
  return editObject(value, (key, content) => (isOurs(key) ? null : content));
}

/**
 * Keys of a version's config that never fill a request: how an answer is delivered is the client's business,
 * and messages come from the version's messages.
 */
const NOT_FILLED = new Set(["model", "messages", "input", "instructions", "stream", "stream_options"]);

/** What a config says to Nemo: which provider, and which next. An object named `provider` is the provider's own parameter. */
function isForNemo(name: string, value: unknown): boolean {
  return (
    name.startsWith(PREFIX) || name === "fallbacks" || (name === "provider" && typeof value === "string")
  );
}

/** Two names for one parameter: a client that gave either has given it, and providers refuse both together. */
const SAME_PARAMETER: Record<string, string> = {
  max_tokens: "max_completion_tokens",
  max_completion_tokens: "max_tokens",
};

/**
 * The body of a chat completion: the version's messages first, then the client's, which are passed on as they
 * came. The version's config fills what the client left out; the client's explicit parameter wins, `null`
 * included. Throws `invalid_request` when nobody names a model.
 */
export function mergeChat({ text, body, config, rendered }: Merge): string {
  const ours = JSON.stringify(rendered);
  const { messages } = body;
  if (messages !== undefined && messages !== null && !Array.isArray(messages)) {
    throw new GatewayError("invalid_request", { detail: "'messages' must be an array.", param: "messages" });
  }
  return fill(text, body, config, {
    messages: (theirs) => (theirs?.startsWith("[") ? joinArrays(ours, theirs) : ours),
  });
}

/**
 * The body of a call of the responses API: what the version's system and developer messages say comes before
 * the client's `instructions`, its other messages before the client's `input`.
 */
export function mergeResponse({ text, body, config, rendered }: Merge): string {
  const isInstruction = ({ role }: PromptMessage) => role === "system" || role === "developer";
  const told = rendered.filter(isInstruction).map(({ content }) => content);
  const said = rendered.filter((message) => !isInstruction(message));
  if (typeof body.instructions === "string" && body.instructions !== "") told.push(body.instructions);
  return fill(text, body, config, {
    ...(told.length > 0 && { instructions: () => JSON.stringify(told.join("\n\n")) }),
    ...(said.length > 0 && {
      input: (theirs) => joinArrays(JSON.stringify(said), inputItems(theirs)),
    }),
  });
}

/** An `input` as the list of items it stands for: a text is one message of the user. */
function inputItems(input: string | undefined): string {
  if (input === undefined || input === "null") return "[]";
  return input.startsWith("[") ? input : `[{"role":"user","content":${input}}]`;
}

/** The text of one member, made from the client's own if there is one. */
type Write = (theirs: string | undefined) => string;

function fill(text: string, body: Body, config: Body, written: Record<string, Write>): string {
  const model = modelOf(body, config);
  const writes: Record<string, Write> = {
    ...written,
    model: (theirs) => (body.model === model && theirs !== undefined ? theirs : JSON.stringify(model)),
  };
  const added: [string, string][] = [];
  for (const [name, value] of Object.entries(config)) {
    const other = SAME_PARAMETER[name];
    const given = Object.hasOwn(body, name) || (other !== undefined && Object.hasOwn(body, other));
    if (given || NOT_FILLED.has(name) || isForNemo(name, value)) continue;
    added.push([name, JSON.stringify(value)]);
  }
  for (const [name, write] of Object.entries(writes)) {
    if (!Object.hasOwn(body, name)) added.push([name, write(undefined)]);
  }
  const edit = (name: string, value: string) =>
    Object.hasOwn(writes, name) ? (writes[name] as Write)(value) : withoutOurs(name, value);
  return editObject(text, edit, added);
}

/** The client's model, unless that is `nemo…` or missing: then the version's. Throws when neither names one. */
export function modelOf(body: Body, config: Body): string {
  const fromClient = isNemoModel(body.model) ? undefined : body.model;
  const model = fromClient ?? config.model;
  if (typeof model === "string" && model !== "") return model;
  throw new GatewayError("invalid_request", {
    detail: "Neither the request nor the prompt's version names a model.",
    param: "model",
  });
}

/** Whether the provider has to be asked for the usage chunk at the end of a stream, because the client did not. */
export function lacksUsage({ stream_options }: Body): boolean {
  if (isPlainObject(stream_options)) return stream_options.include_usage !== true;
  // Anything else that is given is wrong, and for the provider to refuse.
  return stream_options === undefined || stream_options === null;
}

/** Asks the provider for the usage at the end of a stream. Everything else in the text keeps every byte. */
export function askForUsage(text: string, body: Body): string {
  const asked: [string, string] = ["include_usage", "true"];
  if (!Object.hasOwn(body, "stream_options")) {
    return text.replace("{", '{"stream_options":{"include_usage":true},');
  }
  return editObject(text, (name, value) => {
    if (name !== "stream_options") return value;
    if (!value.startsWith("{")) return '{"include_usage":true}';
    return editObject(value, (option, set) => (option === asked[0] ? null : set), [asked]);
  });
}

/** The same body, asking for another model: what a provider calls it, without the name of the connection before it. */
export function withModel(text: string, model: string): string {
  return editObject(text, (name, value) => (name === "model" ? JSON.stringify(model) : value));
}
