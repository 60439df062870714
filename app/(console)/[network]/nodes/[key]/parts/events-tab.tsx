"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { EventList } from "./event-list.tsx";
import { pagedState } from "./paged-state.ts";

/** Everything that happened to the node in the page's time range. */
export function EventsTab({ network, nodeKey }: { network: NetworkName; nodeKey: string }) {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const query = useInfiniteQuery(
    trpc.nodes.events.infiniteQueryOptions(
      { network, key: nodeKey, ...range },
      { getNextPageParam: ({ next }) => next, meta: { isLive: range.to === "now" } },
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel
      title="Events"
      sub="silences, missed probes and changes, newest first"
      isFlush
      age={query.data ? { at: query.dataUpdatedAt, staleAfterMs: 90_000 } : null}
      state={pagedState(query, {
        what: "events",
        count: rows.length,
        empty: {
          title: "Nothing happened in this range",
          children:
            "A silence, a missed probe or a change of version, address or cluster would be listed here.",
        },
      })}
    >
      <EventList events={rows} />
      {query.hasNextPage && (
        <div className="p-4">
          <Button size="small" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older events
          </Button>
        </div>
      )}
    </Panel>
  );
}
