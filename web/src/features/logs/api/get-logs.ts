import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { RequestFacts } from "../../../components/request-pickers.tsx";
import { unwrap } from "../../../lib/errors.ts";
import { VARIABLES, withExactVariables } from "../../../lib/exact-variables.ts";
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
  /** The fake provider was asked in place of the platform's. */
  fake: boolean;
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

export type Outcome = "ok" | "error" | "4xx" | "5xx" | "429" | "499";

export type LogFilter = RequestFacts & {
  outcome: Outcome | null;
  /** Only the last so many hours; instead of `from` and `until`. */
  hours: number | null;
  /** Moments (ISO 8601): the first that counts, and the first that no longer does. */
  from: string | null;
  until: string | null;
  minLatencyMs: number | null;
  /** In nano-dollars. */
  minCost: number | null;
  /** A request id, ours or the client's. */
  find: string;
};

export const noFilter: LogFilter = {
  templateId: null,
  version: null,
  variant: null,
  apiKeyId: null,
  model: null,
  outcome: null,
  hours: null,
  from: null,
  until: null,
  minLatencyMs: null,
  minCost: null,
  find: "",
};

export const numbersOfFilter = ["version", "hours", "minLatencyMs", "minCost"] as const;

const pageSize = 100;

type Cursor = Pick<Log, "created_at" | "request_id"> | null;

async function getLogs(organizationId: string, filter: LogFilter, after: Cursor): Promise<Log[]> {
  return unwrap(
    await supabase().rpc("prompt_log_entries", {
      organization_id: organizationId,
      template_id: filter.templateId,
      version: filter.version,
      variant: filter.variant,
      api_key_id: filter.apiKeyId,
      model: filter.model,
      outcome: filter.outcome,
      since:
        filter.hours === null ? filter.from : new Date(Date.now() - filter.hours * 3_600_000).toISOString(),
      until: filter.until,
      min_latency_ms: filter.minLatencyMs,
      min_cost_nanousd: filter.minCost,
      find: filter.find || null,
      before: after?.created_at ?? null,
      before_request: after?.request_id ?? null,
      max: pageSize,
    }),
  ) as Log[];
}

function logsOptions(organizationId: string, filter: LogFilter, live: boolean) {
  return infiniteQueryOptions({
    queryKey: [...keys.logRows(organizationId), filter],
    queryFn: ({ pageParam }) => getLogs(organizationId, filter, pageParam),
    initialPageParam: null as Cursor,
    getNextPageParam: (last) => (last.length === pageSize ? (last.at(-1) as Cursor) : undefined),
    // While somebody reads older ones the list stands still: nothing is asked again until they want it.
    enabled: (query) => live || query.state.data === undefined,
  });
}

/** The newest first; older ones by `fetchNextPage`. New requests come in by themselves while `live`. */
export function useLogs(filter: LogFilter, live: boolean) {
  return useInfiniteQuery(logsOptions(useOrganization().id, filter, live));
}

/** One request with its text, which only admins may read and only the data policy `full` keeps. */
export function useLogContent(log: Log, wanted: boolean) {
  return useQuery({
    queryKey: [...keys.logContents(useOrganization().id), log.request_id],
    queryFn: async () => {
      const row = unwrap(
        await supabase()
          .from("prompt_logs")
          .select(`${VARIABLES}, rendered_messages, response`)
          .eq("request_id", log.request_id)
          // The log is kept by day: the time tells in which part to look.
          .eq("created_at", log.created_at)
          .single(),
      ) as Pick<Log, "rendered_messages" | "response"> & { variables: string | null };
      return withExactVariables(row);
    },
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
