import { createHash } from "node:crypto";

export interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
}

export interface ChatRequest {
  readonly model?: string;
  readonly messages?: readonly ChatMessage[];
  readonly n?: number;
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly logprobs?: boolean;
  readonly tools?: readonly {
    readonly function?: { readonly name?: string; readonly parameters?: JsonSchema };
  }[];
  readonly tool_choice?: unknown;
  readonly response_format?: {
    readonly type?: string;
    readonly json_schema?: { readonly schema?: JsonSchema };
  };
}

export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number };
}

/** Every name the provider gives to a model says that it is fake. */
export const MODELS = ["fake-gpt", "fake-gpt-mini", "fake-embedding"] as const;
export function labelled(model: string | undefined): string {
  if (!model) return MODELS[0];
  return model.includes("fake") ? (model.split(":", 1)[0] as string) : `fake-${model}`;
}

/** The same request always has the same id, so that answers can be compared byte for byte. */
export function idOf(prefix: string, body: unknown): string {
  return `${prefix}-fake-${createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 24)}`;
}

/** A fixed moment: answers do not depend on the clock. */
export const CREATED = 1_700_000_000;

const textOf = ({ content }: ChatMessage): string => {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: { text?: unknown }) => (typeof part?.text === "string" ? part.text : ""))
    .join("");
};

/** Roughly the tokens of a text: one per four characters, as is said of English. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** The answer to a conversation: it repeats what it was told, so that a reader sees the prompt arrive. */
export function answerText(request: ChatRequest): string {
  const { messages = [], response_format } = request;
  if (response_format?.type === "json_schema")
    return JSON.stringify(exampleOf(response_format.json_schema?.schema ?? {}));
  if (response_format?.type === "json_object") return JSON.stringify({ answer: "This is a fake answer." });
  const last = (role: string) => textOf(messages.findLast((message) => message.role === role) ?? { role });
  const system = last("system") || last("developer");
  const asked = last("user");
  const told = system ? ` I was told: "${system.slice(0, 200)}"` : "";
  return `This is a fake answer, no model was asked.${told}${asked ? ` You said: "${asked.slice(0, 200)}"` : ""}`;
}

/** A value that fits a JSON schema. */
export function exampleOf(schema: JsonSchema): unknown {
  if (schema.enum?.length) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, exampleOf(part)]),
      );
    case "array":
      return [exampleOf(schema.items ?? {})];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    default:
      return "fake";
  }
}

export function usageOf(request: ChatRequest, answers: readonly string[]): Usage {
  const prompt = (request.messages ?? []).reduce((sum, message) => sum + tokensOf(textOf(message)) + 4, 3);
  const completion = answers.reduce((sum, answer) => sum + tokensOf(answer), 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0 },
  };
}

/** What one choice holds: a text, or a call of the first tool if the caller requires one. */
export function messageOf(request: ChatRequest, text: string): Record<string, unknown> {
  const tool = request.tools?.[0]?.function;
  const required = request.tool_choice === "required" || typeof request.tool_choice === "object";
  if (!tool || !required) return { role: "assistant", content: text, refusal: null };
  const call = {
    id: idOf("call", request),
    type: "function",
    function: { name: tool.name ?? "fake", arguments: JSON.stringify(exampleOf(tool.parameters ?? {})) },
  };
  return { role: "assistant", content: null, refusal: null, tool_calls: [call] };
}

/** A whole answer of `POST /chat/completions`. */
export function completion(request: ChatRequest, text: string, withUsage: boolean): Record<string, unknown> {
  const count = Math.max(1, Math.min(request.n ?? 1, 16));
  const choices = Array.from({ length: count }, (_, index) => {
    const message = messageOf(request, text);
    return {
      index,
      message,
      logprobs: request.logprobs ? { content: logprobsOf(text), refusal: null } : null,
      finish_reason: message.tool_calls ? "tool_calls" : "stop",
    };
  });
  return {
    id: idOf("chatcmpl", request),
    object: "chat.completion",
    created: CREATED,
    model: labelled(request.model),
    choices,
    ...(withUsage && {
      usage: usageOf(
        request,
        choices.map(() => text),
      ),
    }),
    system_fingerprint: "fp_fake",
  };
}

export const logprobsOf = (text: string) =>
  pieces(text).map((token) => ({ token, logprob: -0.1, bytes: [...Buffer.from(token)], top_logprobs: [] }));

/** A text in `count` pieces, or word by word. */
export function pieces(text: string, count?: number): string[] {
  if (!count) return text.match(/\s*\S+/g) ?? [text];
  const characters = [...text];
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * characters.length) / count);
    const to = Math.floor(((index + 1) * characters.length) / count);
    return characters.slice(from, to).join("") || "·";
  });
}
