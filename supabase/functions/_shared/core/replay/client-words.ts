/** The type of the item that stands for the `instructions` of a request to /responses, before the items of its `input`. */
export const INSTRUCTIONS = "instructions";

type Item = { readonly type?: unknown; readonly content?: unknown };

/** The client's own part of a request to /responses, as it is sent: see `clientWords` of the gateway. */
export function asResponsesBody(items: readonly unknown[]): {
  input: readonly unknown[];
  instructions?: unknown;
} {
  const first = items[0] as Item | null | undefined;
  if (first?.type !== INSTRUCTIONS) return { input: items };
  return { instructions: first.content, input: items.slice(1) };
}

type Answer = {
  text?: unknown;
  choices?: { message?: { content?: unknown } }[];
  output?: { content?: { type?: string; text?: unknown }[] }[];
} | null;

/** The text of a chat completion, of a response, or `{text}` of a streamed one; null without any. */
export function answerText(answer: unknown): string | null {
  const kept = answer as Answer;
  if (Array.isArray(kept?.output)) {
    const parts = kept.output.flatMap(({ content }) => content ?? []);
    const texts = parts.flatMap(({ type, text }) =>
      type === "output_text" && typeof text === "string" ? [text] : [],
    );
    return texts.length > 0 ? texts.join("") : null;
  }
  const text = kept?.choices?.[0]?.message?.content ?? kept?.text;
  return typeof text === "string" ? text : null;
}
