import { isPlainObject } from "../gateway/nemo-fields.ts";
import { parseData } from "./event-watcher.ts";

/**
 * The text of an answer from the bytes kept of its stream. Used after the stream is over, and only where the
 * text is needed: to estimate a usage that the provider did not tell, or to log an answer under policy `full`.
 * The choices of one event stream are joined in the order in which their parts came.
 */
export function textOfEvents(kept: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  let all = "";
  for (const chunk of kept) all += decoder.decode(chunk, { stream: true });
  let text = "";
  for (const event of all.split(/\r?\n\r?\n/)) text += textOfEvent(parseData(event));
  return text;
}

function textOfEvent(data: unknown): string {
  if (!isPlainObject(data)) return "";
  // The responses API sends its text in events of this one type.
  if (data.type === "response.output_text.delta") return typeof data.delta === "string" ? data.delta : "";
  if (!Array.isArray(data.choices)) return "";
  return data.choices
    .map((choice: unknown) => (isPlainObject(choice) ? textOfParts(choice.delta) : ""))
    .join("");
}

/** What a message or a stream's delta says: its text and the arguments of its tool calls, both are generated. */
export function textOfParts(message: unknown): string {
  if (!isPlainObject(message)) return "";
  const parts: unknown[] = [message.content, message.reasoning_content, message.refusal];
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  for (const call of calls) {
    if (isPlainObject(call) && isPlainObject(call.function))
      parts.push(call.function.name, call.function.arguments);
  }
  return parts.filter((part) => typeof part === "string").join("");
}
