import { QueryClient } from "@tanstack/react-query";
import { isWorthRetrying } from "./shown-error.ts";

/** Live notices refresh queries; this poll only catches what a notice could not (a panel whose own age is its point). */
export const backstopMs = 60_000;

export function buildQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: backstopMs / 2,
        refetchInterval: ({ meta }) => (meta?.isLive === false ? false : backstopMs),
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 3 && isWorthRetrying(error),
      },
    },
  });
}
