import { INSTRUCTIONS } from "../../core/replay/client-words.ts";
import type { Endpoint } from "./call.ts";

/** What of a request to /responses stands for words that were said before, and that only the provider keeps. */
const KEPT_ELSEWHERE = ["previous_response_id", "conversation", "prompt"];

/**
 * What the client itself said, in the form in which the endpoint takes it: messages of a chat completion; items of a
 * response's `input`, and its `instructions` before them. Null when that is not all that was said.
 */
export function clientWords(endpoint: Endpoint, body: Record<string, unknown>): unknown[] | null {
  if (endpoint === "chat.completions") return Array.isArray(body.messages) ? body.messages : null;
  if (KEPT_ELSEWHERE.some((name) => (body[name] ?? null) !== null)) return null;
  const { input, instructions } = body;
  const items = Array.isArray(input) ? input : input ? [{ role: "user", content: input }] : [];
  return typeof instructions === "string" && instructions !== ""
    ? [{ type: INSTRUCTIONS, role: "developer", content: instructions }, ...items]
    : items;
}
