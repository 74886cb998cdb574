import type { TextEdit } from "@core/lint/lint-result.ts";
import type { Message } from "../../lib/queries/get-versions.ts";

/** The messages with what a finding proposes for one of them. */
export function withEdits(messages: Message[], index: number, edits: readonly TextEdit[]): Message[] {
  const message = messages[index];
  if (!message) return messages;
  const lastFirst = edits.toSorted((a, b) => b.from - a.from);
  const content = lastFirst.reduce(
    (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
    message.content,
  );
  return messages.with(index, { ...message, content });
}
