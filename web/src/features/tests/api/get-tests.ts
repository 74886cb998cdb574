import type { AssignBy } from "@core/ab/assignment-unit.ts";
import type { PrimaryMetric } from "@core/ab/metrics.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

export type AbTest = {
  id: string;
  template_id: string;
  name: string;
  state: "draft" | "running" | "paused" | "completed";
  phase: number;
  assign_by: AssignBy;
  primary_metric: PrimaryMetric;
  minimum_detectable_effect: number | null;
  planned_units: number | null;
  stop_reason: string | null;
  promoted_variant: string | null;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  variants: { phase: number; letter: string; version: number; weight: number; stopped_at: string | null }[];
};

const columns =
  "id, template_id, name, state, phase, assign_by, primary_metric, minimum_detectable_effect, planned_units, stop_reason, promoted_variant, created_at, started_at, completed_at";

async function getTests(organizationId: string): Promise<AbTest[]> {
  const [tests, variants] = await Promise.all([
    supabase()
      .from("ab_tests")
      .select(columns)
      .eq("organization_id", organizationId)
      .order("created_at", { ascending: false }),
    supabase()
      .from("ab_variants")
      .select("test_id, phase, letter, version, weight, stopped_at")
      .eq("organization_id", organizationId)
      .order("letter"),
  ]);
  const all = unwrap(variants) as unknown as (AbTest["variants"][number] & { test_id: string })[];
  return (unwrap(tests) as unknown as Omit<AbTest, "variants">[]).map((test) => ({
    ...test,
    // Of the phase that runs now; earlier ones are in the report.
    variants: all.filter(({ test_id, phase }) => test_id === test.id && phase === test.phase),
  }));
}

export function testsOptions(organizationId: string) {
  return queryOptions({ queryKey: keys.testList(organizationId), queryFn: () => getTests(organizationId) });
}

export function useTests() {
  return useQuery(testsOptions(useOrganization().id));
}
