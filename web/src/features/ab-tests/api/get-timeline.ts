import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";
import type { SubjectTimelineRow, TimelineRow } from "../timeline-series.ts";

function timelineOptions(organizationId: string, testId: string, phase: number) {
  return queryOptions({
    queryKey: [...keys.testCharts(organizationId, testId), "timeline", phase],
    queryFn: async () =>
      unwrap(
        await supabase().rpc("ab_test_timeline", { test_id: testId, phase }),
      ) as unknown as TimelineRow[],
  });
}

export function useTimeline(testId: string, phase: number) {
  return useQuery(timelineOptions(useOrganization().id, testId, phase));
}

/** Only for tests by subject: their interval over time rests on these sums. */
function subjectTimelineOptions(organizationId: string, testId: string, phase: number) {
  return queryOptions({
    queryKey: [...keys.testCharts(organizationId, testId), "subject-timeline", phase],
    queryFn: async () =>
      unwrap(
        await supabase().rpc("ab_test_subject_timeline", { test_id: testId, phase }),
      ) as unknown as SubjectTimelineRow[],
  });
}

export function useSubjectTimeline(testId: string, phase: number) {
  return useQuery(subjectTimelineOptions(useOrganization().id, testId, phase));
}
