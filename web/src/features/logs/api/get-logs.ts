import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { unwrap } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** One request. Times are milliseconds, cost nano-dollars (null: the model's price is unknown). */
export type Log = {
  request_id: string;
  client_request_id: string | null;
  api_key_id: string | null;
  template_id: string | null;
  version: number | null;
  variant: string | null;
  test_id: string | null;
  render_hash: string | null;
  endpoint: string;
  model: string | null;
  provider: string | null;
  status: number;
  error_code: string | null;
  latency_ms: number | null;
  ttft_ms: number | null;
  prompt_tokens: number | null;
  cached_tokens: number | null;
  completion_tokens: number | null;
  usage_estimated: boolean;
  cost_nanousd: number | null;
  quality: number | null;
  variables: Record<string, unknown> | null;
  rendered_messages: { role: string; content: string }[] | null;
  response: unknown;
  created_at: string;
};

export type LogFilter = { templateId?: string };

const pageSize = 100;

async function getLogs(organizationId: string, filter: LogFilter, before: string | null): Promise<Log[]> {
  return unwrap(
    await supabase().rpc("prompt_log_entries", {
      organization_id: organizationId,
      template_id: filter.templateId ?? null,
      before,
      max: pageSize,
    }),
  ) as Log[];
}

export function logsOptions(organizationId: string, filter: LogFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.logs(organizationId), filter],
    queryFn: ({ pageParam }) => getLogs(organizationId, filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.length === pageSize ? last.at(-1)!.created_at : undefined),
  });
}

/** The newest first; older ones by `fetchNextPage`. */
export function useLogs(filter: LogFilter) {
  return useInfiniteQuery(logsOptions(useOrganization().id, filter));
}
