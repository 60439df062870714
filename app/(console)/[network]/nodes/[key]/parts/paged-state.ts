import { toShownError } from "../../../../../_client/shown-error.ts";
import type { EmptyStateProps } from "../../../../../_ui/empty-state.tsx";
import type { PanelState } from "../../../../../_ui/panel.tsx";

type PagedQuery = {
  data: unknown;
  error: unknown;
  isError: boolean;
  isFetching: boolean;
  refetch: () => unknown;
};

/** The state of a list that is loaded page by page. */
export function pagedState(
  query: PagedQuery,
  { what, count, empty }: { what: string; count: number; empty: EmptyStateProps },
): PanelState {
  if (query.data !== undefined) return count > 0 ? { kind: "data" } : { kind: "empty", ...empty };
  if (!query.isError) return { kind: "pending" };
  return {
    kind: "failed",
    error: toShownError(query.error),
    what,
    onRetry: () => void query.refetch(),
    isRetrying: query.isFetching,
  };
}
