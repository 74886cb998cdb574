import { marker, type Team } from "./team.ts";

export interface Exchange {
  readonly marker: string;
  readonly status: number;
  readonly headers: Headers;
  /** The answer's JSON: a completion, or `{error}`. */
  readonly answer: { error?: { code: string; type: string; param: string | null; message: string } };
  /** What the provider received, byte for byte; null when it was not called. */
  readonly sent: string | null;
}

/**
 * One call, seen from both ends. The body is made with a marker, by which the provider's record of it is found:
 * it belongs into something that reaches the provider.
 */
export async function exchange(
  team: Team,
  body: (marker: string) => unknown,
  { path = "/chat/completions", headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Exchange> {
  const mark = marker();
  const response = await team.post(path, body(mark), headers);
  const answer = (await response.json()) as Exchange["answer"];
  const requests = await team.stack.provider.requests(mark);
  if (requests.length > 1) throw new Error(`The provider was called ${requests.length} times.`);
  return {
    marker: mark,
    status: response.status,
    headers: response.headers,
    answer,
    sent: requests[0]?.body ?? null,
  };
}

/** The same, when it is the parsed body that matters. */
export async function sentJson(
  team: Team,
  body: (marker: string) => unknown,
): Promise<Record<string, unknown>> {
  const { sent, status, answer } = await exchange(team, body);
  if (sent === null) throw new Error(`Not sent: ${status} ${JSON.stringify(answer)}`);
  return JSON.parse(sent);
}
