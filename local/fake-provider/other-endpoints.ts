import { answerText, CREATED, idOf, labelled, tokensOf } from "./completion.ts";

/** One entry of `GET /models`. */
export const modelNamed = (id: string) => ({ id, object: "model", created: CREATED, owned_by: "fake" });

/** `POST /embeddings`: a small vector that depends on the text. */
export function embeddings({ model, input }: { model?: string; input?: unknown }): object {
  const inputs = Array.isArray(input) ? input : [input];
  const tokens = inputs.reduce((sum: number, text) => sum + tokensOf(String(text)), 0);
  const vector = (text: unknown) =>
    Array.from({ length: 8 }, (_, i) => ((String(text).length * (i + 1)) % 17) / 17);
  const data = inputs.map((text, index) => ({ object: "embedding", index, embedding: vector(text) }));
  return {
    object: "list",
    model: labelled(model),
    data,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** `POST /responses`, without streaming. */
export function responseObject(request: { model?: string; input?: unknown }): object {
  const input = typeof request.input === "string" ? request.input : JSON.stringify(request.input ?? "");
  const text = answerText({ messages: [{ role: "user", content: input }] });
  const [input_tokens, output_tokens] = [tokensOf(input), tokensOf(text)];
  return {
    id: idOf("resp", request),
    object: "response",
    created_at: CREATED,
    status: "completed",
    model: labelled(request.model),
    output: [
      {
        id: idOf("msg", request),
        type: "message",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text, annotations: [] }],
      },
    ],
    usage: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
  };
}
