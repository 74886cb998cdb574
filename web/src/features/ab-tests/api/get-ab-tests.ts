import type { AssignBy } from "@core/ab/assignment-unit.ts";
import type { PrimaryMetric } from "@core/ab/metrics.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { Breach, Guardrail } from "../guardrails.ts";

export type Variant = {
  phase: number;
  letter: string;
  version: number;
  /** Basis points. */
  weight: number;
  stopped_at: string | null;
  /** The guardrail that stopped it, and what showed it. */
  stopped_for: Breach | null;
};

export type AbTest = {
  id: string;
  template_id: string;
  name: string;
  state: "draft" | "running" | "paused" | "completed";
  phase: number;
  assign_by: AssignBy;
  primary_metric: PrimaryMetric;
  guardrails: Guardrail[];
  minimum_detectable_effect: number | null;
  planned_units: number | null;
  stop_reason: string | null;
  promoted_variant: string | null;
  created_by: string | null;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  /** Of the phase that runs now, in the order of letters. */
  variants: Variant[];
};

const columns =
  "id, template_id, name, state, phase, assign_by, primary_metric, guardrails, minimum_detectable_effect, planned_units, stop_reason, promoted_variant, created_by, created_at, started_at, completed_at, variants:ab_variants(phase, letter, version, weight, stopped_at, stopped_for)";

async function getAbTests(organizationId: string): Promise<AbTest[]> {
  const tests = unwrap(
    await supabase()
      .from("ab_tests")
      .select(columns)
      .eq("organization_id", organizationId)
      .order("created_at", { ascending: false })
      .order("letter", { referencedTable: "ab_variants" }),
  ) as unknown as AbTest[];
  return tests.map((test) => ({
    ...test,
    variants: test.variants.filter(({ phase }) => phase === test.phase),
  }));
}

function abTestsOptions(organizationId: string) {
  return queryOptions({ queryKey: keys.testList(organizationId), queryFn: () => getAbTests(organizationId) });
}

/** The newest first. At most a thousand: what PostgREST answers at once. */
export function useAbTests() {
  return useQuery(abTestsOptions(useOrganization().id));
}
