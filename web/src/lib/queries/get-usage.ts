import { queryOptions, useQuery } from "@tanstack/react-query";
import type { RequestFacts } from "../../components/request-pickers.tsx";
import { unwrap } from "../errors.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

/** Sums of one span and part (`point`), of a part over the whole time (`part`), or of everything (`whole`). */
export type Usage = {
  scope: "point" | "part" | "whole";
  at: string | null;
  part: string | null;
  requests: number;
  errors: number;
  cost_nanousd: number;
  /** Requests whose model has no known price: their cost is not in the sum. */
  unpriced: number;
  prompt_tokens: number;
  completion_tokens: number;
  latency_p50_ms: number | null;
  latency_p95_ms: number | null;
};

export type SplitBy = "template" | "version" | "variant" | "key" | "model";

export type UsageFilter = RequestFacts & { days: number; splitBy: SplitBy | null };

/** A week of everything: what pages begin from. */
export const everyUsage: UsageFilter = {
  days: 7,
  splitBy: null,
  templateId: null,
  version: null,
  variant: null,
  apiKeyId: null,
  model: null,
};

/** Hours up to two days, days beyond: as many points as can be told apart. */
export function stepOf(days: number): "hour" | "day" {
  return days <= 2 ? "hour" : "day";
}

function usageOptions(organizationId: string, filter: UsageFilter) {
  const { days, splitBy, templateId, version, variant, apiKeyId, model } = filter;
  return queryOptions({
    queryKey: [...keys.usage(organizationId), filter],
    queryFn: async () =>
      unwrap(
        await supabase().rpc("usage_series", {
          organization_id: organizationId,
          since: new Date(firstSpan(days)).toISOString(),
          step: stepOf(days),
          split_by: splitBy,
          template_id: templateId,
          version,
          variant,
          api_key_id: apiKeyId,
          model,
        }),
      ) as Usage[],
    placeholderData: (before) => before,
  });
}

/** Where the time begins: a whole hour or day (UTC), so that the first point is not a part of one. */
export function firstSpan(days: number, now: number = Date.now()): number {
  const step = stepOf(days) === "hour" ? 3_600_000 : 86_400_000;
  return Math.floor(now / step) * step - (days * 86_400_000 - step);
}

/** What was counted, never the single requests: millions of them are hundreds of these. */
export function useUsage(filter: UsageFilter) {
  return useQuery(usageOptions(useOrganization().id, filter));
}
