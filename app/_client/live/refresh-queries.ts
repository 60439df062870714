import type { Query, QueryClient } from "@tanstack/react-query";

/**
 * Asks the shown queries below `path` anew. One that is being asked already is let go on, because a stream of notices
 * would otherwise keep it from ever ending; it may have been answered before what the notice tells, so it is asked once
 * more when it is through.
 */
export async function refreshQueries(queryClient: QueryClient, path: readonly string[]): Promise<void> {
  const filters = { queryKey: [path], refetchType: "active", predicate: isLive } as const;
  const running = new Set(
    queryClient
      .getQueryCache()
      .findAll({ ...filters, type: "active", fetchStatus: "fetching" })
      .map(({ queryHash }) => queryHash),
  );
  await queryClient.invalidateQueries(filters, { cancelRefetch: false });
  if (running.size === 0) return;
  await queryClient.invalidateQueries(
    { ...filters, predicate: (query) => isLive(query) && running.has(query.queryHash) },
    { cancelRefetch: false },
  );
}

/** Queries about a fixed time in the past do not change. */
export function isLive(query: Query): boolean {
  return query.meta?.isLive !== false;
}
