import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** One hour of one template, version, variant, key and model. */
export type Rollup = {
  hour: string;
  template_id: string | null;
  version: number | null;
  model: string | null;
  requests: number;
  errors: number;
  cost_nanousd: number;
  unpriced: number;
  prompt_tokens: number;
  completion_tokens: number;
  latency_histogram: Record<string, number>;
};

const columns =
  "hour, template_id, version, model, requests, errors, cost_nanousd, unpriced, prompt_tokens, completion_tokens, latency_histogram";
const pageSize = 1000;

async function getRollups(
  organizationId: string,
  days: number,
  templateId: string | null,
): Promise<Rollup[]> {
  const since = new Date(Date.now() - days * 86_400_000).toISOString();
  const all: Rollup[] = [];
  for (;;) {
    let query = supabase()
      .from("prompt_rollups")
      .select(columns)
      .eq("organization_id", organizationId)
      .gte("hour", since);
    if (templateId) query = query.eq("template_id", templateId);
    const page = unwrap(
      await query.order("hour").range(all.length, all.length + pageSize - 1),
    ) as unknown as Rollup[];
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

export function rollupsOptions(organizationId: string, days: number, templateId: string | null) {
  return queryOptions({
    queryKey: [...keys.analytics(organizationId), days, templateId],
    queryFn: () => getRollups(organizationId, days, templateId),
  });
}

/** What was counted, never the single requests: millions of logs are thousands of these. */
export function useRollups(days: number, templateId: string | null) {
  return useQuery(rollupsOptions(useOrganization().id, days, templateId));
}
