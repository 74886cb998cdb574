import { CREATED, labelled, tokensOf } from "./completion.ts";

/** One entry of `GET /models`. */
export const modelNamed = (id: string) => ({ id, object: "model", created: CREATED, owned_by: "fake" });

export interface EmbeddingsRequest {
  readonly model?: string;
  readonly input?: unknown;
  readonly dimensions?: number;
  /** OpenAI's SDK asks for base64 when its caller asks for nothing. */
  readonly encoding_format?: string;
}

/** `POST /embeddings`: a small vector that depends on the text. */
export function embeddings({ model, input, dimensions = 8, encoding_format }: EmbeddingsRequest): object {
  const inputs = Array.isArray(input) ? input : [input];
  const tokens = inputs.reduce((sum: number, text) => sum + tokensOf(String(text)), 0);
  const vector = (text: unknown) =>
    Array.from({ length: dimensions }, (_, i) => ((String(text).length * (i + 1)) % 17) / 17);
  const encoded = (values: number[]) =>
    encoding_format === "base64" ? Buffer.from(new Float32Array(values).buffer).toString("base64") : values;
  return {
    object: "list",
    model: labelled(model),
    data: inputs.map((text, index) => ({ object: "embedding", index, embedding: encoded(vector(text)) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
