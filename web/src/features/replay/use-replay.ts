import { askVersion } from "@core/replay/ask-version.ts";
import type { ReplayEstimate } from "@core/replay/estimate-replay.ts";
import { AS_LOGGED, type LoggedRequest, orAsLogged } from "@core/replay/logged-cases.ts";
import { type ReplayCase, type ReplayResult, runReplay } from "@core/replay/run-replay.ts";
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../lib/errors.ts";
import { useOrganization } from "../../lib/organization.tsx";
import { postToPlayground } from "../../lib/queries/post-to-playground.ts";
import { keys } from "../../lib/query-keys.ts";
import { supabase } from "../../lib/supabase.ts";

export type ReplayRequest = {
  templateId: string;
  source: "logs" | "examples";
  cases: readonly ReplayCase[];
  logs: readonly LoggedRequest[];
  /** One or two, side by side; `AS_LOGGED` stands for the answers that were given then. */
  versions: readonly number[];
  estimate: ReplayEstimate;
};

export type ReplayProgress = {
  state: "running" | "done" | "cancelled" | "failed";
  request: ReplayRequest;
  results: readonly ReplayResult[];
  error?: unknown;
  cancel: () => void;
};

/**
 * Runs a replay from this browser through the gateway. It belongs to the template and not to the page: whoever leaves
 * and comes back finds it going on, or its answers. They are kept in memory alone, since they may be content that the
 * organization wants nowhere else, and are gone with the session or when the application is loaded again.
 */
export function useReplay(templateId: string) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  const queryKey = [...keys.replay(id, templateId), "run"];
  const { data: progress = null } = useQuery<ReplayProgress>({
    queryKey,
    queryFn: skipToken,
    gcTime: Number.POSITIVE_INFINITY,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

  async function run(request: ReplayRequest) {
    const controller = new AbortController();
    const cancel = () => controller.abort();
    const change = (changed: (now: ReplayProgress) => ReplayProgress) =>
      queryClient.setQueryData<ReplayProgress>(queryKey, (now) => now && changed(now));
    queryClient.setQueryData<ReplayProgress>(queryKey, { state: "running", request, results: [], cancel });
    const { source, cases, logs, versions, estimate } = request;
    try {
      unwrap(
        await supabase().rpc("start_replay", {
          template_id: templateId,
          versions: versions.filter((version) => version !== AS_LOGGED),
          source,
          cases: cases.length,
          ...(estimate.nanousd !== null && { estimated_cost_nanousd: estimate.nanousd }),
          from_credit_nanousd: estimate.fromCreditNanousd,
        }),
      );
      const ask = askVersion({ templateId, post: postToPlayground, now: () => performance.now() });
      const results = await runReplay({
        cases,
        versions,
        ask: orAsLogged(logs, ask),
        signal: controller.signal,
        onResult: (result) => change((now) => ({ ...now, results: [...now.results, result] })),
      });
      change((now) => ({ ...now, state: controller.signal.aborted ? "cancelled" : "done", results }));
    } catch (error) {
      change((now) => ({ ...now, state: "failed", error }));
    }
  }
  return { progress, run };
}
