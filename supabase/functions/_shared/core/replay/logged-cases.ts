import type { PromptVariables } from "../prompt/types.ts";
import { answerText } from "./client-words.ts";
import type { AskVersion, ReplayAnswer, ReplayCase } from "./run-replay.ts";

/** A row of `replay_cases`: a request that was answered, with what policy `full` keeps of it. */
export type LoggedRequest = {
  readonly request_id: string;
  readonly version: number;
  readonly variables: PromptVariables;
  readonly client_messages: ReplayCase["messages"] | null;
  /** `chat.completions` or `responses`: where it is asked again. */
  readonly endpoint: string;
  /** Why it cannot be asked again: it went on from an `earlier_answer`, which only the provider keeps. */
  readonly obstacle: "earlier_answer" | null;
  /** A chat completion or a response, or `{text}` of a streamed answer. */
  readonly response: unknown;
  readonly completion_tokens: number | null;
  readonly created_at: string;
};

/** In the place of a version: the answer that was given when the request was made. It costs nothing. */
export const AS_LOGGED = 0;

/** The request, to be asked again as it was: its variables, and what the client itself said. */
export function caseOfLog(log: LoggedRequest): ReplayCase {
  const messages = log.client_messages ?? [];
  return {
    id: log.request_id,
    name: lastWords(messages),
    variables: log.variables,
    messages,
    ...(log.endpoint === "responses" && { endpoint: log.endpoint }),
  };
}

/** Answers `AS_LOGGED` from the log and asks for everything else. */
export function orAsLogged(logs: readonly LoggedRequest[], ask: AskVersion): AskVersion {
  const byId = new Map(logs.map((log) => [log.request_id, log]));
  return async (replayCase, version, signal) => {
    if (version !== AS_LOGGED) return ask(replayCase, version, signal);
    const log = byId.get(replayCase.id);
    return log ? loggedAnswer(log) : { ok: false, error: "This request was not logged." };
  };
}

function loggedAnswer(log: LoggedRequest): ReplayAnswer {
  const text = answerText(log.response);
  if (text === null) return { ok: false, error: "Its answer was not kept." };
  return { ok: true, text, latencyMs: null, requestId: log.request_id, tokens: log.completion_tokens };
}

/** What the client said last, to know the request by. */
function lastWords(messages: ReplayCase["messages"]): string {
  const content = messages.findLast(({ role }) => role === "user")?.content;
  if (typeof content === "string") return content;
  const parts = Array.isArray(content) ? (content as ({ text?: unknown } | null)[]) : [];
  return parts.map((part) => (typeof part?.text === "string" ? part.text : "")).join("");
}
