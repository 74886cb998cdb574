import type { Metric } from "@core/ab/metrics.ts";
import type { QualityEstimate } from "@core/recommend/rubric.ts";
import type { TokenReduction } from "@core/recommend/token-reduction.ts";
import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Message } from "../../../lib/queries/get-versions.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Always an estimate: counted tokens, and ranges of quality with how they were judged. Empty without a rewrite. */
export type PredictedEffect = {
  tokens?: TokenReduction & { counted_on: "rendered examples" | "rendered samples" | "source" };
  quality?: QualityEstimate[];
};

/** What the A/B test of an accepted rewrite measured: the difference to its source and a 95 % interval, per metric. */
export type RealisedEffect = Partial<
  Record<
    Metric,
    {
      control_mean: number;
      variant_mean: number;
      difference: number;
      low: number;
      high: number;
      control_n: number;
      variant_n: number;
      method: string;
    }
  >
>;

export type State = "open" | "accepted" | "edited" | "dismissed" | "superseded";

/** What a list shows; the texts come with the one that is opened. */
export type RecommendationSummary = {
  id: string;
  template_id: string;
  source_version: number;
  layer: "analyser" | "model";
  kind: string;
  state: State;
  severity: "info" | "warning" | "error";
  title: string;
  predicted_effect: PredictedEffect;
  created_at: string;
  decided_at: string | null;
  resulting_version: number | null;
  /** The role of the first message of the rewrite; null when this is advice without one. */
  rewrite: string | null;
};

export type Recommendation = Omit<RecommendationSummary, "rewrite"> & {
  reason: string;
  evidence: { message: number; start: number; end: number; text: string }[];
  realised_effect: RealisedEffect | null;
  proposed_messages: Message[] | null;
  proposed_config: Record<string, unknown> | null;
  proposed_contract: Record<string, unknown> | null;
  model: string | null;
  decided_by: string | null;
  decision_note: string;
  test_id: string | null;
};

const summaryColumns =
  "id, template_id, source_version, layer, kind, state, severity, title, predicted_effect, created_at, decided_at, resulting_version, rewrite:proposed_messages->0->>role";
const allColumns =
  "id, template_id, source_version, layer, kind, state, severity, title, predicted_effect, created_at, decided_at, resulting_version, reason, evidence, realised_effect, proposed_messages, proposed_config, proposed_contract, model, decided_by, decision_note, test_id";

/** The three piles of an inbox. `superseded` are those whose version is no longer the newest. */
export const piles = {
  open: ["open"],
  superseded: ["superseded"],
  decided: ["accepted", "edited", "dismissed"],
} as const satisfies Record<string, State[]>;
export type Pile = keyof typeof piles;

const pageSize = 100;

type Cursor = { created_at: string; id: string } | null;

function recommendationsOptions(organizationId: string, pile: Pile, templateId?: string) {
  return infiniteQueryOptions({
    queryKey: [...keys.recommendationRows(organizationId), "list", pile, templateId ?? null],
    queryFn: async ({ pageParam }) => {
      let query = supabase()
        .from("prompt_recommendations")
        .select(summaryColumns)
        .eq("organization_id", organizationId)
        .in("state", [...piles[pile]]);
      if (templateId) query = query.eq("template_id", templateId);
      if (pageParam) {
        const { created_at, id } = pageParam;
        query = query.or(`created_at.lt."${created_at}",and(created_at.eq."${created_at}",id.lt.${id})`);
      }
      const page = await query
        .order("created_at", { ascending: false })
        .order("id", { ascending: false })
        .limit(pageSize);
      return unwrap(page) as unknown as RecommendationSummary[];
    },
    initialPageParam: null as Cursor,
    getNextPageParam: (last) => (last.length === pageSize ? (last.at(-1) as Cursor) : undefined),
  });
}

/** The newest first; older ones by `fetchNextPage`. */
export function useRecommendations(pile: Pile, templateId?: string) {
  return useInfiniteQuery(recommendationsOptions(useOrganization().id, pile, templateId));
}

/** One with everything, its texts included. */
export function useRecommendation(id: string) {
  const { id: org } = useOrganization();
  return useQuery({
    queryKey: [...keys.recommendationRows(org), "one", id],
    queryFn: async () =>
      unwrap(
        await supabase().from("prompt_recommendations").select(allColumns).eq("id", id).single(),
      ) as unknown as Recommendation,
  });
}
