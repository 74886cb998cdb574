import { isPlainObject } from "../gateway/nemo-fields.ts";
import { parseData, splitEvents } from "./events.ts";

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
  for (const event of splitEvents(all)) text += textOfEvent(parseData(event));
  return text;
}

/** What one event adds to the answer. */
export function textOfEvent(data: unknown): string {
  if (!isPlainObject(data)) return "";
  // The responses API: texts, refusals, reasoning and the arguments of calls all come in events of such a type.
  if (typeof data.type === "string" && data.type.endsWith(".delta"))
    return typeof data.delta === "string" ? data.delta : "";
  if (!Array.isArray(data.choices)) return "";
  return data.choices
    .map((choice: unknown) => (isPlainObject(choice) ? textOfParts(choice.delta) : ""))
    .join("");
}

/** The text of a whole answer: of a chat's choices, or of a response's output. */
export function textOfAnswer(answer: Record<string, unknown>): string {
  const { choices, output } = answer;
  if (Array.isArray(choices))
    return choices.map((choice) => (isPlainObject(choice) ? textOfParts(choice.message) : "")).join("");
  return Array.isArray(output) ? output.map(textOfParts).join("") : "";
}

/** What a message, a stream's delta or an item of a response says; the calls in it are generated as well. */
function textOfParts(message: unknown): string {
  if (!isPlainObject(message)) return "";
  const { content, reasoning_content, reasoning, refusal, function_call, tool_calls, summary } = message;
  const calls = Array.isArray(tool_calls) ? tool_calls : [];
  return [
    textOfContent(content),
    text(reasoning_content ?? reasoning),
    text(refusal),
    textOfContent(summary),
    ...[message, function_call, ...calls.map((call) => isPlainObject(call) && call.function)].map(textOfCall),
  ].join("");
}

/** A text, or a list of parts that have one. */
function textOfContent(content: unknown): string {
  if (!Array.isArray(content)) return text(content);
  return content.map((part) => (isPlainObject(part) ? text(part.text) + text(part.refusal) : "")).join("");
}

const textOfCall = (call: unknown): string =>
  isPlainObject(call) && typeof call.arguments === "string" ? text(call.name) + call.arguments : "";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
