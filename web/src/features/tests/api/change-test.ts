import type { PrimaryMetric } from "@core/ab/metrics.ts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { lintVersion } from "../../../lib/queries/lint-version.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { AbTest } from "./get-tests.ts";

export type NewTest = {
  template_id: string;
  name: string;
  /** Weights in basis points, the control first. */
  variants: { version: number; weight: number }[];
  assign_by: "request" | "subject";
  primary_metric: PrimaryMetric;
};

function useChange<Args, Answer>(mutationFn: (args: Args) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.tests(id) }),
        queryClient.invalidateQueries({ queryKey: keys.templates(id) }),
      ]),
  });
}

export function useCreateTest() {
  return useChange(async (test: NewTest) => unwrap(await supabase().rpc("create_ab_test", test)) as AbTest);
}

/** Variants are served, so each needs the lint report that activation would need. */
export function useStartTest() {
  return useChange(async (test: AbTest) => {
    for (const { version } of test.variants) await lintVersion(test.template_id, version);
    return unwrap(await supabase().rpc("start_ab_test", { test_id: test.id }));
  });
}

export function usePauseTest() {
  return useChange(async (test_id: string) => unwrap(await supabase().rpc("pause_ab_test", { test_id })));
}

export function useCompleteTest() {
  return useChange(async (test_id: string) => unwrap(await supabase().rpc("complete_ab_test", { test_id })));
}

export function usePromoteVariant() {
  return useChange(async (args: { test_id: string; variant: string }) =>
    unwrap(await supabase().rpc("promote_variant", args)),
  );
}
