import type { PrimaryMetric } from "@core/ab/metrics.ts";
import { type MutationKey, useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { requirePassingLint } from "../../../lib/queries/lint-version.ts";
import { useTemplateChanged } from "../../../lib/queries/template-changed.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { Guardrail } from "../guardrails.ts";
import type { AbTest } from "./get-ab-tests.ts";

/** What a draft says, as `create_ab_test` and `update_ab_test` take it. */
export type DraftedAbTest = {
  name: string;
  /** Weights in basis points, the control first. */
  variants: { version: number; weight: number }[];
  assign_by: AbTest["assign_by"];
  primary_metric: PrimaryMetric;
  guardrails: Guardrail[];
  minimum_detectable_effect: number;
  /** Left out while there is nothing to plan with. */
  planned_units?: number;
};

function useChange<Args, Answer>(mutationFn: (args: Args) => Promise<Answer>, mutationKey?: MutationKey) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    mutationKey,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.tests(id) }),
        queryClient.invalidateQueries({ queryKey: keys.runningTests(id) }),
      ]),
  });
}

export function useCreateAbTest() {
  return useChange(
    async ({ templateId, test }: { templateId: string; test: DraftedAbTest }) =>
      unwrap(
        await supabase().rpc("create_ab_test", { template_id: templateId, ...test }),
      ) as unknown as AbTest,
  );
}

export function useUpdateAbTest() {
  return useChange(
    async ({ testId, test }: { testId: string; test: DraftedAbTest }) =>
      unwrap(await supabase().rpc("update_ab_test", { test_id: testId, ...test })) as unknown as AbTest,
  );
}

const deletion: MutationKey = ["delete-ab-test"];

export function useDeleteAbTest() {
  return useChange(
    async (test_id: string) => unwrap(await supabase().rpc("delete_ab_test", { test_id })),
    deletion,
  );
}

/** Whether it is this person who deletes it, or has: its page is left, and not said to be missing. */
export function useDeletesAbTest(testId: string): boolean {
  const deletions = useMutationState({
    filters: { mutationKey: deletion },
    select: ({ state }) => state.status !== "error" && state.variables === testId,
  });
  return deletions.includes(true);
}

/** Variants are served, so each needs the lint report that activation would need. */
export function useStartAbTest() {
  return useChange(async (test: Pick<AbTest, "id" | "template_id" | "variants">) => {
    await requirePassingLint(
      test.template_id,
      test.variants.filter(({ weight }) => weight > 0).map(({ version }) => version),
    );
    return unwrap(await supabase().rpc("start_ab_test", { test_id: test.id }));
  });
}

export function usePauseAbTest() {
  return useChange(async (args: { test_id: string; reason?: string }) =>
    unwrap(await supabase().rpc("pause_ab_test", args)),
  );
}

export function useCompleteAbTest() {
  return useChange(async (test_id: string) => unwrap(await supabase().rpc("complete_ab_test", { test_id })));
}

/** Of a test that has started this begins a new phase. */
export function useSetWeights() {
  return useChange(async (args: { test_id: string; weights: number[] }) =>
    unwrap(await supabase().rpc("set_ab_weights", args)),
  );
}

/** The winner is activated, so it is linted as for any activation. */
export function usePromoteVariant() {
  const changed = useTemplateChanged();
  return useChange(async ({ test, letter }: { test: AbTest; letter: string }) => {
    const chosen = test.variants.find((variant) => variant.letter === letter);
    if (chosen) await requirePassingLint(test.template_id, [chosen.version]);
    const promoted = unwrap(await supabase().rpc("promote_variant", { test_id: test.id, variant: letter }));
    await changed(test.template_id);
    return promoted;
  });
}
