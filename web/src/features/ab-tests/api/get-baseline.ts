import type { AssignBy } from "@core/ab/assignment-unit.ts";
import {
  PRIMARY_METRICS,
  type PrimaryMetric,
  type ReportedPairSums,
  type ReportedSums,
  requestEstimate,
  subjectEstimate,
} from "@core/ab/metrics.ts";
import type { Estimate } from "@core/stats/estimate.ts";
import type { Arrivals } from "@core/stats/sample-size.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** What a metric has been lately, in the units of a test, and how those come in. */
export type Baseline = { readonly estimate: Estimate; readonly arrivals: Arrivals };
export type Baselines = Partial<Record<PrimaryMetric, Baseline>>;

/** How many days back a plan looks. */
export const BASELINE_DAYS = 7;

function baselineOptions(organizationId: string, templateId: string | null, assignBy: AssignBy) {
  return queryOptions({
    queryKey: [...keys.tests(organizationId), "baseline", templateId, assignBy],
    enabled: templateId !== null,
    queryFn: () =>
      assignBy === "subject" ? subjectBaselines(templateId ?? "") : requestBaselines(templateId ?? ""),
  });
}

export function useBaseline(templateId: string | null, assignBy: AssignBy) {
  return useQuery(baselineOptions(useOrganization().id, templateId, assignBy));
}

async function requestBaselines(template_id: string): Promise<Baselines> {
  type Row = ReportedSums & { metric: PrimaryMetric; per_day: number };
  const args = { template_id, days: BASELINE_DAYS };
  const rows = unwrap(await supabase().rpc("ab_test_baseline", args)) as unknown as Row[];
  return byMetric(rows, (row) => ({
    estimate: requestEstimate(row.metric, row),
    arrivals: { perDay: row.per_day },
  }));
}

async function subjectBaselines(template_id: string): Promise<Baselines> {
  type Row = { metric: PrimaryMetric; sums: ReportedPairSums; days_seen: number; new_per_day: number };
  const args = { template_id, days: BASELINE_DAYS };
  const rows = unwrap(await supabase().rpc("ab_test_subject_baseline", args)) as unknown as Row[];
  return byMetric(rows, (row) => ({
    estimate: subjectEstimate(row.metric, row.sums),
    arrivals: { seen: row.sums.n, days: row.days_seen, perDay: row.new_per_day },
  }));
}

function byMetric<Row extends { metric: PrimaryMetric }>(
  rows: readonly Row[],
  baselineOf: (row: Row) => Baseline,
): Baselines {
  const known = rows.filter(({ metric }) => PRIMARY_METRICS.includes(metric));
  return Object.fromEntries(known.map((row) => [row.metric, baselineOf(row)]));
}
