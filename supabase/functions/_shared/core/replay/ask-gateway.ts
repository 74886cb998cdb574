import type { AskVersion, ReplayAnswer } from "./run-replay.ts";

export type GatewayAccess = {
  /** The gateway's base URL, ending in `/v1`. */
  readonly baseUrl: string;
  /** A key of the organization; it is charged as for any request. */
  readonly key: string;
  readonly templateId: string;
  /** Passed in, so that nothing here depends on where it runs. */
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
};

/**
 * Asks through the gateway's ordinary endpoint with the version pinned, which takes the request out of any
 * test. What is tried is what would be served: the same rendering, merging, provider, charge and log.
 */
export function askGateway(access: GatewayAccess): AskVersion {
  return async (replayCase, version, signal): Promise<ReplayAnswer> => {
    const begun = access.now();
    const response = await access.fetch(`${access.baseUrl}/chat/completions`, {
      method: "POST",
      signal,
      headers: { authorization: `Bearer ${access.key}`, "content-type": "application/json" },
      body: JSON.stringify({
        model: "nemo",
        messages: replayCase.messages,
        nemo_prompt_template_id: access.templateId,
        nemo_prompt_version: version,
        nemo_prompt_variables: replayCase.variables,
      }),
    });
    const body = (await response.json().catch(() => null)) as Completion | null;
    if (!response.ok)
      return { ok: false, error: body?.error?.message ?? `The gateway answered ${response.status}.` };
    return {
      ok: true,
      text: body?.choices?.[0]?.message?.content ?? "",
      latencyMs: access.now() - begun,
      requestId: response.headers.get("x-nemo-request-id") ?? "",
      tokens: body?.usage?.total_tokens ?? null,
    };
  };
}

type Completion = {
  readonly error?: { readonly message?: string };
  readonly choices?: readonly { readonly message?: { readonly content?: string | null } }[];
  readonly usage?: { readonly total_tokens?: number };
};
