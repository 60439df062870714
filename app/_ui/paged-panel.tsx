"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import type { EmptyStateProps } from "./empty-state.tsx";
import { formatNumber } from "./format/number.ts";
import { Panel } from "./panel.tsx";
import { queryState } from "./query-panel.tsx";

type PagedPanelProps = {
  title: string;
  sub?: ReactNode;
  actions?: ReactNode;
  query: UseInfiniteQueryResult<InfiniteData<unknown, unknown>, unknown>;
  /** "the audit log": what failed, if it fails. */
  what: string;
  /** How many rows are loaded. */
  shown: number;
  /** Said behind that number while there are more, in place of nothing. */
  note?: ReactNode;
  moreLabel?: string;
  empty: () => EmptyStateProps | null;
  children: ReactNode;
};

/** A list that is read page by page, newest first: its rows, how many they are, and a button for more. */
export function PagedPanel(props: PagedPanelProps) {
  const { title, sub, actions, query, what, shown, note, moreLabel = "Show more", empty, children } = props;
  const { hasNextPage } = query;
  return (
    <Panel
      title={title}
      sub={sub}
      actions={actions}
      isFlush
      age={query.data === undefined ? undefined : { at: query.dataUpdatedAt }}
      state={queryState(query, what, () => (shown > 0 ? null : empty()))}
    >
      {children}
      <div className="flex items-center gap-3 px-4 py-2 text-12">
        <span className="dim">
          {formatNumber(shown)} shown{note ?? (hasNextPage ? "" : ", that is all")}
        </span>
        {hasNextPage && (
          <Button size="small" onClick={() => void query.fetchNextPage()} isBusy={query.isFetchingNextPage}>
            {moreLabel}
          </Button>
        )}
      </div>
    </Panel>
  );
}
