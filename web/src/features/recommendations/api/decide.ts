import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toAppError, unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Message } from "../../../lib/queries/get-versions.ts";
import { useTemplateChanged } from "../../../lib/queries/template-changed.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import { callRecommendations } from "./call-recommendations.ts";
import type { Recommendation } from "./get-recommendations.ts";

function useDecision<Args, Answer>(mutationFn: (args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    // A decision overtakes other recommendations, and may draft a test.
    // Nobody waits for them here: when they are back the buttons are gone, and with them who asked for the answer.
    onSettled: () => {
      for (const queryKey of [keys.recommendations(id), keys.tests(id)])
        void queryClient.invalidateQueries({ queryKey });
    },
  });
}

export type Acceptance = {
  id: string;
  /** Draft an A/B test of the new version against its source as well. */
  asTest?: boolean;
  /** Make it the next variant of this draft instead. */
  testId?: string;
  /** The text as edited; without it the suggested one is taken. */
  messages?: Message[];
  note?: string;
};

/** Makes a new version that is not active. */
export function useAccept() {
  const changed = useTemplateChanged();
  return useDecision(async ({ id, asTest = false, testId, messages, note = "" }: Acceptance) => {
    const accepted = unwrap(
      await supabase().rpc("apply_recommendation", {
        recommendation_id: id,
        as_test: asTest,
        test_id: testId ?? null,
        messages: messages ?? null,
        note,
      }),
    ) as Recommendation & { resulting_version: number };
    void changed(accepted.template_id);
    return accepted;
  });
}

export function useDismiss() {
  return useDecision(async ({ id, note }: { id: string; note: string }) =>
    unwrap(await supabase().rpc("dismiss_recommendation", { recommendation_id: id, note })),
  );
}

/** Carries it over to the newest version: answers the new recommendation, or refuses with `rebase_conflict`. */
export function useRebase() {
  return useDecision((id: string) =>
    callRecommendations<Recommendation>("rebase", { recommendation_id: id }),
  );
}

/** Carries over as many as fit; what conflicts or is decided meanwhile stays where it is and is counted. */
export function useRebaseAll() {
  return useDecision(async (ids: string[]) => {
    let carried = 0;
    for (const id of ids) {
      try {
        await callRecommendations("rebase", { recommendation_id: id });
        carried += 1;
      } catch (reason) {
        const { code } = toAppError(reason);
        if (code !== "rebase_conflict" && code !== "invalid_request" && code !== "NM300") throw reason;
      }
    }
    return { carried, left: ids.length - carried };
  });
}
