import { isPlainObject } from "../gateway/nemo-fields.ts";
import { isDone, parseData, splitEvents } from "./events.ts";
import { textOfEvent } from "./kept-text.ts";

/** `open`: nothing says that the answer is whole. `failed`: the provider itself says that it is not. */
export type Ending = "complete" | "failed" | "open";

const FINISHED = /"finish_reason"\s*:\s*"/;

/**
 * What the end of a stream says about it: the last event decides that adds something to the answer or ends it. A text
 * that talks of `[DONE]` is none, and one of several choices that has finished is not the others.
 */
export function endingOf(tail: string): Ending {
  let done = false;
  const events = splitEvents(tail);
  for (const event of events.toReversed()) {
    const data = parseData(event);
    done ||= isDone(event);
    const ending = isPlainObject(data) ? endingIn(data, done) : null;
    if (ending !== null) return ending;
  }
  // The tail may begin in the middle of the only event that would have told.
  return done || FINISHED.test(events[0] as string) ? "complete" : "open";
}

/** What one event says about the end; null when it says nothing. `done`: a `[DONE]` came after it. */
export function endingIn(data: Record<string, unknown>, done: boolean): Ending | null {
  if (data.type === "error" || data.type === "response.failed") return "failed";
  if (isPlainObject(data.error) || (typeof data.error === "string" && data.error !== "")) return "failed";
  if (data.type === "response.completed" || data.type === "response.incomplete") return "complete";
  if (hasFinished(data.choices)) return "complete";
  if (textOfEvent(data) === "") return null;
  return done ? "complete" : "open";
}

const hasFinished = (choices: unknown): boolean =>
  Array.isArray(choices) &&
  choices.some((choice) => isPlainObject(choice) && typeof choice.finish_reason === "string");
