import {
  answerText,
  type ChatRequest,
  CREATED,
  exampleOf,
  idOf,
  type JsonSchema,
  labelled,
  pieces,
  tokensOf,
} from "./completion.ts";

/** What is read of a request to `POST /responses`. */
export interface ResponsesRequest {
  readonly model?: string;
  readonly input?: unknown;
  readonly instructions?: unknown;
  readonly stream?: boolean;
  readonly tools?: readonly {
    readonly type?: string;
    readonly name?: string;
    readonly parameters?: JsonSchema;
  }[];
  readonly tool_choice?: unknown;
  readonly text?: { readonly format?: { readonly type?: string; readonly schema?: JsonSchema } };
}

type Json = Record<string, unknown>;

/** The same conversation as chat completions would have it, for the answer repeats what it was told. */
function asChat({ instructions, input, text }: ResponsesRequest): ChatRequest {
  const told = typeof instructions === "string" ? [{ role: "system", content: instructions }] : [];
  const said = Array.isArray(input) ? input.map(asMessage) : [{ role: "user", content: input }];
  const format = text?.format;
  return {
    messages: [...told, ...said],
    ...(format?.type === "json_schema" && {
      response_format: { type: "json_schema", json_schema: { schema: format.schema ?? {} } },
    }),
  };
}

const asMessage = (item: { role?: string; content?: unknown }) => ({
  role: item?.role ?? "user",
  content: item?.content,
});

function outputItem(request: ResponsesRequest, text: string, status: string): Json {
  const tool = request.tools?.[0];
  const required = request.tool_choice === "required" || typeof request.tool_choice === "object";
  if (tool && required) {
    const call = { id: idOf("fc", request), call_id: idOf("call", request), name: tool.name ?? "fake" };
    return {
      type: "function_call",
      ...call,
      status,
      arguments: JSON.stringify(exampleOf(tool.parameters ?? {})),
    };
  }
  const content = { type: "output_text", text, annotations: [], logprobs: [] };
  return { type: "message", id: idOf("msg", request), role: "assistant", status, content: [content] };
}

/** A whole answer of `POST /responses`, or one that has just begun: then without output and usage. */
export function responseObject(request: ResponsesRequest, content?: string, isDone = true): Json {
  const text = content ?? answerText(asChat(request));
  const asked = JSON.stringify([request.instructions ?? "", request.input ?? ""]);
  const [input_tokens, output_tokens] = [tokensOf(asked), tokensOf(text)];
  return {
    id: idOf("resp", request),
    object: "response",
    created_at: CREATED,
    status: isDone ? "completed" : "in_progress",
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    model: labelled(request.model),
    output: isDone ? [outputItem(request, text, "completed")] : [],
    parallel_tool_calls: true,
    tools: request.tools ?? [],
    usage: isDone
      ? {
          input_tokens,
          input_tokens_details: { cached_tokens: 0 },
          output_tokens,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: input_tokens + output_tokens,
        }
      : null,
  };
}

/** The events of a streamed answer, in OpenAI's order: https://platform.openai.com/docs/api-reference/responses-streaming */
export function responseEvents(request: ResponsesRequest, content?: string, count?: number): Json[] {
  const whole = responseObject(request, content);
  const item = (whole.output as Json[])[0] as Json;
  const place = { item_id: item.id, output_index: 0 };
  const begun = responseObject(request, content, false);
  const events: Json[] = [
    { type: "response.created", response: begun },
    { type: "response.in_progress", response: begun },
  ];
  if (item.type === "function_call") {
    const all = item.arguments as string;
    events.push(
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { ...item, status: "in_progress", arguments: "" },
      },
      ...pieces(all, Math.min(2, all.length)).map((delta) => ({
        type: "response.function_call_arguments.delta",
        ...place,
        delta,
      })),
      { type: "response.function_call_arguments.done", ...place, arguments: all },
    );
  } else {
    const part = (item.content as Json[])[0] as Json;
    const inPart = { ...place, content_index: 0 };
    const text = part.text as string;
    events.push(
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { ...item, status: "in_progress", content: [] },
      },
      { type: "response.content_part.added", ...inPart, part: { ...part, text: "" } },
      ...pieces(text, count).map((delta) => ({
        type: "response.output_text.delta",
        ...inPart,
        delta,
        logprobs: [],
      })),
      { type: "response.output_text.done", ...inPart, text, logprobs: [] },
      { type: "response.content_part.done", ...inPart, part },
    );
  }
  events.push(
    { type: "response.output_item.done", output_index: 0, item },
    { type: "response.completed", response: whole },
  );
  return events.map((event, sequence_number) => ({ ...event, sequence_number }));
}
