import type { PrimaryMetric, ReportedSums } from "@core/ab/metrics.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** What a metric has been lately, and how many requests a day have a value of it. */
export type Baseline = ReportedSums & { readonly metric: PrimaryMetric; readonly per_day: number };

/** How many days back a plan looks. */
export const BASELINE_DAYS = 7;

export function baselineOptions(organizationId: string, templateId: string | null) {
  return queryOptions({
    queryKey: [...keys.tests(organizationId), "baseline", templateId],
    enabled: templateId !== null,
    queryFn: async () => {
      const args = { template_id: templateId ?? "", days: BASELINE_DAYS };
      const rows = unwrap(await supabase().rpc("ab_test_baseline", args)) as unknown as Baseline[];
      return Object.fromEntries(rows.map((row) => [row.metric, row])) as Partial<
        Record<PrimaryMetric, Baseline>
      >;
    },
  });
}

export function useBaseline(templateId: string | null) {
  return useQuery(baselineOptions(useOrganization().id, templateId));
}
