"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type ShownError, toShownError } from "../_client/shown-error.ts";
import type { AgeProps } from "./age.tsx";
import type { EmptyStateProps } from "./empty-state.tsx";
import { Panel, type PanelProps, type PanelState } from "./panel.tsx";

type QueryPanelProps<Data> = Omit<PanelProps, "state" | "age" | "isDimmed" | "children"> & {
  query: UseQueryResult<Data, unknown>;
  /** What it holds, for the words of a failure: "latency". */
  what: string;
  /** Says that there is nothing, and what would fill it; null when there is data. */
  emptyWhen?: (data: Data) => EmptyStateProps | null;
  /** The moment of the newest value inside the data. Without it: when the answer came. */
  ageOf?: (data: Data) => AgeProps["at"];
  staleAfterMs?: number;
  children: (data: Data) => ReactNode;
};

/** A panel over one query: the order of states is decided here, once. A failed refresh keeps the last good data, dimmed. */
export function QueryPanel<Data>(props: QueryPanelProps<Data>) {
  const { query, what, emptyWhen, ageOf, staleAfterMs, children, ...panel } = props;
  const { data } = query;
  const state = queryState(query, what, emptyWhen);
  const age = data === undefined ? null : { at: ageOf ? ageOf(data) : query.dataUpdatedAt };
  const failedAgain = query.isError && data !== undefined;
  return (
    <Panel
      {...panel}
      state={state}
      isDimmed={failedAgain}
      age={age && { ...age, ...(staleAfterMs !== undefined && { staleAfterMs }) }}
      sub={failedAgain ? <span className="t-warn">{toShownError(query.error).message}</span> : panel.sub}
    >
      {state.kind === "data" && data !== undefined ? children(data) : null}
    </Panel>
  );
}

/** The states of a query in the order in which people must see them. */
export function queryState<Data>(
  query: UseQueryResult<Data, unknown>,
  what: string,
  emptyWhen?: (data: Data) => EmptyStateProps | null,
): PanelState {
  if (query.data === undefined) {
    if (query.fetchStatus === "paused") return { kind: "failed", error: offline, what };
    if (!query.isError) return { kind: "pending" };
    return {
      kind: "failed",
      error: toShownError(query.error),
      what,
      onRetry: () => void query.refetch(),
      isRetrying: query.isFetching,
    };
  }
  const empty = emptyWhen?.(query.data);
  return empty ? { kind: "empty", ...empty } : { kind: "data" };
}

const offline: ShownError = {
  code: "unreachable",
  message: "This browser has no network. It goes on by itself when the network is back.",
  details: {},
  requestId: null,
};
