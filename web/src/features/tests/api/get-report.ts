import type { ReportRow, SubjectRow } from "@core/ab/analysis-types.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** Counted from what was really served. Times are milliseconds, cost nano-dollars. */
export type VariantReport = ReportRow & {
  version: number;
  errors: number;
  cost_nanousd: number;
  cost_mean_nanousd: number | null;
  unpriced: number;
  tokens_mean: number | null;
  latency_mean_ms: number | null;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
  latency_p99_ms: number | null;
  ttft_mean_ms: number | null;
  quality_mean: number | null;
  quality_n: number;
};

export type TestReport = { rows: VariantReport[]; subjects: SubjectRow[] };

export function reportOptions(organizationId: string, testId: string) {
  return queryOptions({
    queryKey: [...keys.test(organizationId, testId), "report"],
    queryFn: async (): Promise<TestReport> => {
      const [report, subjects] = await Promise.all([
        supabase().rpc("ab_test_report", { test_id: testId }),
        supabase().rpc("ab_test_subjects", { test_id: testId }),
      ]);
      return { rows: unwrap(report) as VariantReport[], subjects: unwrap(subjects) as SubjectRow[] };
    },
  });
}

export function useReport(testId: string) {
  return useQuery(reportOptions(useOrganization().id, testId));
}
