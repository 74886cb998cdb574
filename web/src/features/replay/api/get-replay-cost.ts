import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type ReplayCost = { requests: number; unpriced: number; cost_nanousd: number };

/** Requests are written down shortly after they are answered: each look waits so much longer than the one before. */
const LOOK_AGAIN_MS = 700;
const MOST_LOOKS = 10;

/** What requests were charged, read again until all of them are written down. */
export function useReplayCost(templateId: string, requestIds: readonly string[]) {
  const { id } = useOrganization();
  return useQuery({
    queryKey: [...keys.replay(id, templateId), "cost", requestIds],
    enabled: requestIds.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state: { data, dataUpdateCount: looks } }) =>
      looks < MOST_LOOKS && (data?.requests ?? 0) < requestIds.length && LOOK_AGAIN_MS * (looks + 1),
    queryFn: async () => {
      const args = { template_id: templateId, request_ids: [...requestIds] };
      const [cost] = unwrap(await supabase().rpc("replay_cost", args)) as ReplayCost[];
      return cost ?? { requests: 0, unpriced: 0, cost_nanousd: 0 };
    },
  });
}
