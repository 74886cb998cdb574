import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { announceError } from "../../../lib/announce.ts";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import { callRecommendations } from "./call-recommendations.ts";

export type Kind = "rules" | "clarity" | "tokens";

export type Job = {
  id: string;
  template_id: string;
  version: number;
  kinds: Kind[];
  state: "queued" | "running" | "succeeded" | "dead" | "cancelled";
  stage: string;
  progress: number;
  reason: string;
  error_code: string | null;
  attempts: number;
  run_after: string;
  cancel_requested: boolean;
  made: number | null;
  judgements: number;
  /** Who answered: `platform`, or the name of the organization's own provider. */
  provider: string | null;
  model: string | null;
  cost_nanousd: number | null;
  created_at: string;
  finished_at: string | null;
};

const columns =
  "id, template_id, version, kinds, state, stage, progress, reason, error_code, attempts, run_after, cancel_requested, made, judgements, provider, model, cost_nanousd, created_at, finished_at";

/** The last few jobs, of one template or of all; each broadcast of progress reads them again. */
export function useJobs(templateId?: string) {
  const { id: org } = useOrganization();
  return useQuery({
    queryKey: [...keys.recommendationJobs(org), templateId ?? null],
    queryFn: async () => {
      let query = supabase().from("recommendation_jobs").select(columns).eq("organization_id", org);
      if (templateId) query = query.eq("template_id", templateId);
      return unwrap(await query.order("created_at", { ascending: false }).limit(5)) as unknown as Job[];
    },
  });
}

export type Asking = { templateId: string; version: number; kinds: Kind[] };

/** What a job may cost, in nano-dollars; null where the model's price is unknown. */
export type CostEstimate = {
  version: number;
  /** Null when the version names a provider that is not connected. */
  model: string | null;
  provider: {
    name: string;
    configured: boolean;
    is_fake: boolean;
    /** From the organization's credit, or billed by its own provider. */
    paid_by: "credit" | "provider";
  };
  model_calls_at_most: number;
  low_nanousd: number | null;
  high_nanousd: number | null;
};

export function useCostEstimate({ templateId, version, kinds }: Asking) {
  const { id: org } = useOrganization();
  return useQuery({
    queryKey: [...keys.costEstimates(org), templateId, version, kinds],
    queryFn: () => callRecommendations<CostEstimate>("estimate", { template_id: templateId, version, kinds }),
    enabled: kinds.some((kind) => kind !== "rules"),
    staleTime: 60_000,
  });
}

/** Queues a job, and works it from here where no schedule does; its progress comes by realtime. */
export function useAsk() {
  const queryClient = useQueryClient();
  const { id: org } = useOrganization();
  const again = () => queryClient.invalidateQueries({ queryKey: keys.recommendations(org) });
  return useMutation({
    mutationFn: async ({
      templateId,
      version,
      kinds,
      maxCost,
    }: Asking & { /** In nano-dollars. */ maxCost: number }) =>
      callRecommendations<Job>("request", {
        template_id: templateId,
        version,
        kinds,
        max_cost_nanousd: maxCost,
      }),
    onSuccess: (job) => {
      void again();
      // Nobody waits for this: the function goes on when the page is closed.
      void callRecommendations("run", { job_id: job.id }).catch(announceError).finally(again);
    },
  });
}

export function useCancel() {
  const queryClient = useQueryClient();
  const { id: org } = useOrganization();
  return useMutation({
    mutationFn: (jobId: string) => callRecommendations<Job>("cancel", { job_id: jobId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.recommendations(org) }),
  });
}
