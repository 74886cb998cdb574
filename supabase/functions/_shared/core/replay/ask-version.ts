import { answerText } from "./client-words.ts";
import type { AskVersion, ReplayAnswer } from "./run-replay.ts";

export type Playground = {
  readonly templateId: string;
  /** `POST` to the route `/playground` of the function `prompts`, as the person who replays. */
  readonly post: (body: object, signal: AbortSignal) => Promise<Response>;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
};

/**
 * Asks through the playground with the version named. What is tried is what would be served: the gateway's own
 * rendering, merging, provider, charge and log, with the version pinned, which takes the request out of any test.
 */
export function askVersion({ templateId, post, now }: Playground): AskVersion {
  return async ({ variables, messages, endpoint }, version, signal): Promise<ReplayAnswer> => {
    const begun = now();
    const response = await post(
      {
        template_id: templateId,
        version,
        variables,
        input: messages,
        stream: false,
        ...(endpoint && { endpoint }),
      },
      signal,
    );
    const body = (await response.json().catch(() => null)) as Completion | null;
    const requestId = response.headers.get("x-nemo-request-id") ?? undefined;
    if (!response.ok) {
      return {
        ok: false,
        error: body?.error?.message ?? `The gateway answered ${response.status}.`,
        ...(requestId && { requestId }),
      };
    }
    return {
      ok: true,
      text: answerText(body) ?? "",
      latencyMs: now() - begun,
      requestId: requestId ?? "",
      tokens: body?.usage?.total_tokens ?? null,
    };
  };
}

type Completion = {
  readonly error?: { readonly message?: string };
  readonly usage?: { readonly total_tokens?: number };
};
