"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { LiveAtPanel } from "./live-at-panel.tsx";
import { LiveTracks } from "./live-tracks.tsx";

type LivePanelsProps = { agentId: string; at: string | null; onAt: (at: string | null) => void };

/** Which version had which share of the events, over the page's time and at one moment of it. */
export function LivePanels({ agentId, at, onAt }: LivePanelsProps) {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const history = useQuery(
    trpc.runs.live.queryOptions({ agentId, ...range }, { placeholderData: keepPreviousData }),
  );
  return (
    <Sheet columns="2fr 1fr">
      <QueryPanel
        title="What was live"
        sub="height is weight; a click chooses the moment"
        query={history}
        what="what was live"
        staleAfterMs={90_000}
        emptyWhen={({ places }) => (places.every(({ spans }) => spans.length === 0) ? nothing : null)}
      >
        {(data) => <LiveTracks history={data} at={at} onAt={onAt} />}
      </QueryPanel>
      <LiveAtPanel agentId={agentId} at={at} fallback={range.to} onAt={onAt} />
    </Sheet>
  );
}

const nothing = {
  title: "Nothing was live",
  children: "No deployment SET was in force anywhere in this time.",
};
