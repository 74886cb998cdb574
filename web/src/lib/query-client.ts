import { QueryClient } from "@tanstack/react-query";
import { toAppError } from "./errors.ts";

/**
 * Realtime says when something is stale, so data counts as fresh for a while; a refusal is an answer
 * and is not asked for again, a connection that failed is. Requests go out even when the browser believes to be
 * offline: it may be wrong, and a Supabase on this machine is reached without any network.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 30_000,
        // With that mode it is off otherwise, and what failed meanwhile would wait to be asked for by hand.
        refetchOnReconnect: true,
        retry: (failures, reason) => toAppError(reason).transient && failures < 3,
      },
      mutations: { networkMode: "always" },
    },
  });
}
