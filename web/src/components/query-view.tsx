import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { contentShown } from "../lib/when-idle.ts";
import { Failed, Skeleton } from "./states.tsx";

type QueryViewProps<T> = {
  query: UseQueryResult<T>;
  loading?: ReactNode;
  /** Shown when `isEmpty` says so; without it, data is shown as it is. */
  empty?: ReactNode;
  isEmpty?: (data: T) => boolean;
  children: (data: T) => ReactNode;
};

/**
 * Every list and panel goes through the same four states in the same order: loading, error, empty, data.
 * What is already on the screen stays there when a refetch fails.
 */
export function QueryView<T>({ query, loading, empty, isEmpty = isEmptyArray, children }: QueryViewProps<T>) {
  const { isPending } = query;
  useEffect(() => {
    if (!isPending) contentShown();
  }, [isPending]);
  if (isPending) return loading ?? <Skeleton />;
  if (query.isError && query.data === undefined) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  const data = query.data as T;
  if (empty !== undefined && isEmpty(data)) return empty;
  return children(data);
}

function isEmptyArray(data: unknown): boolean {
  return Array.isArray(data) && data.length === 0;
}
