import type { ReportRow, SubjectRow } from "@core/ab/analysis-types.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { AbTest } from "./get-ab-tests.ts";

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

export type AbTestReport = { rows: VariantReport[]; subjects: SubjectRow[] };

function reportOptions(organizationId: string, testId: string) {
  return queryOptions({
    queryKey: [...keys.test(organizationId, testId), "report"],
    queryFn: async () =>
      unwrap(await supabase().rpc("ab_test_report", { test_id: testId })) as unknown as VariantReport[],
  });
}

export function useReport({ id }: Pick<AbTest, "id">) {
  return useQuery(reportOptions(useOrganization().id, id));
}

/**
 * Only for tests that are judged by them, and apart from the counts: read from the logs, they take longer, and what
 * was counted should not wait for them.
 */
function subjectsOptions(organizationId: string, { id, assign_by }: Pick<AbTest, "id" | "assign_by">) {
  return queryOptions({
    queryKey: [...keys.test(organizationId, id), "subjects"],
    enabled: assign_by === "subject",
    queryFn: async () =>
      unwrap(await supabase().rpc("ab_test_subjects", { test_id: id })) as unknown as SubjectRow[],
  });
}

export function useSubjects(test: Pick<AbTest, "id" | "assign_by">) {
  return useQuery(subjectsOptions(useOrganization().id, test));
}

/** Both, once there are both. */
export function useAbTestReport(test: Pick<AbTest, "id" | "assign_by">): AbTestReport | undefined {
  const { data: rows } = useReport(test);
  const { data: subjects = test.assign_by === "subject" ? undefined : [] } = useSubjects(test);
  return rows && subjects && { rows, subjects };
}
