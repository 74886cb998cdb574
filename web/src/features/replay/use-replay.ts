import { askVersion } from "@core/replay/ask-version.ts";
import { AS_LOGGED, type LoggedRequest, orAsLogged } from "@core/replay/logged-cases.ts";
import { type ReplayCase, type ReplayResult, runReplay } from "@core/replay/run-replay.ts";
import { useEffect, useRef, useState } from "react";
import { unwrap } from "../../lib/errors.ts";
import { postToPlayground } from "../../lib/queries/post-to-playground.ts";
import { supabase } from "../../lib/supabase.ts";

export type ReplayRequest = {
  templateId: string;
  source: "logs" | "examples";
  cases: readonly ReplayCase[];
  logs: readonly LoggedRequest[];
  /** One or two, side by side; `AS_LOGGED` stands for the answers that were given then. */
  versions: readonly number[];
  estimatedCost: number | null;
};

export type ReplayProgress = {
  state: "running" | "done" | "cancelled" | "failed";
  request: ReplayRequest;
  results: readonly ReplayResult[];
  error?: unknown;
};

/** Runs a replay from this browser through the gateway. Leaving the page cancels it. */
export function useReplay() {
  const [progress, setProgress] = useState<ReplayProgress | null>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function run(request: ReplayRequest) {
    const controller = new AbortController();
    abort.current = controller;
    setProgress({ state: "running", request, results: [] });
    const { templateId, source, cases, logs, versions, estimatedCost } = request;
    try {
      unwrap(
        await supabase().rpc("start_replay", {
          template_id: templateId,
          versions: versions.filter((version) => version !== AS_LOGGED),
          source,
          cases: cases.length,
          estimated_cost_nanousd: estimatedCost,
        }),
      );
      const ask = askVersion({ templateId, post: postToPlayground, now: () => performance.now() });
      const results = await runReplay({
        cases,
        versions,
        ask: orAsLogged(logs, ask),
        signal: controller.signal,
        onResult: (result) => setProgress((now) => now && { ...now, results: [...now.results, result] }),
      });
      setProgress({ state: controller.signal.aborted ? "cancelled" : "done", request, results });
    } catch (error) {
      setProgress((now) => now && { ...now, state: "failed", error });
    }
  }
  return { progress, run, cancel: () => abort.current?.abort() };
}
