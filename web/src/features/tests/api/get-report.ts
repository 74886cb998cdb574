import type { ReportRow, SubjectRow } from "@core/ab/analysis-types.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { AbTest } from "./get-tests.ts";

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

export function reportOptions(organizationId: string, { id, assign_by }: Pick<AbTest, "id" | "assign_by">) {
  return queryOptions({
    queryKey: [...keys.test(organizationId, id), "report"],
    queryFn: async (): Promise<TestReport> => {
      const [report, subjects] = await Promise.all([
        supabase().rpc("ab_test_report", { test_id: id }),
        // Read from the logs, which is slower: only for tests that are judged by them.
        assign_by === "subject"
          ? supabase().rpc("ab_test_subjects", { test_id: id })
          : { data: [], error: null },
      ]);
      return { rows: unwrap(report) as VariantReport[], subjects: unwrap(subjects) as SubjectRow[] };
    },
  });
}

export function useReport(test: Pick<AbTest, "id" | "assign_by">) {
  return useQuery(reportOptions(useOrganization().id, test));
}
