import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap, unwrapFunction } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { Recommendation } from "./get-recommendations.ts";

function useDecision<Args, Answer>(mutationFn: (args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    // A decision may make a version and a test: all of the organization's lists may have changed.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.organization(id) }),
  });
}

/** Makes a new version that is not active; with `asTest`, also a drafted test of it against its source. */
export function useAccept() {
  return useDecision(
    async ({ id, asTest }: { id: string; asTest: boolean }) =>
      unwrap(
        await supabase().rpc("apply_recommendation", { recommendation_id: id, as_test: asTest }),
      ) as Recommendation & { test_id: string | null },
  );
}

export function useDismiss() {
  return useDecision(async ({ id, note }: { id: string; note: string }) =>
    unwrap(await supabase().rpc("dismiss_recommendation", { recommendation_id: id, note })),
  );
}

/** Looks the latest version over with the rules, which cost nothing and ask no model. */
export function useRequestRecommendations() {
  return useDecision(async (templateId: string) => {
    const job = await call<{ id: string }>("request", { template_id: templateId, kinds: ["rules"] });
    // Where no schedule works the queue, the one who asks does.
    await call("run", { job_id: job.id });
  });
}

async function call<Answer>(route: string, body: Record<string, unknown>): Promise<Answer> {
  const answer = await supabase().functions.invoke<Answer>(`recommendations/${route}`, {
    method: "POST",
    body,
  });
  return (await unwrapFunction(answer)) as Answer;
}
