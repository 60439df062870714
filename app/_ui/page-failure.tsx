import type { UseQueryResult } from "@tanstack/react-query";
import { toShownError } from "../_client/shown-error.ts";
import { ErrorState } from "./error-state.tsx";
import { LinkButton } from "./link-button.tsx";

type PageFailureProps = {
  query: Pick<UseQueryResult<unknown, unknown>, "error" | "refetch" | "isFetching">;
  /** What the page is about: "node". */
  what: string;
  /** Where all of them are listed. */
  list: { label: string; href: string };
};

/** Stands for a page about one thing that is not there, or could not be loaded. */
export function PageFailure({ query, what, list }: PageFailureProps) {
  return (
    <ErrorState
      isPage
      what={what}
      error={toShownError(query.error)}
      onRetry={() => void query.refetch()}
      isRetrying={query.isFetching}
      actions={
        <LinkButton size="small" href={list.href}>
          {list.label}
        </LinkButton>
      }
    />
  );
}
