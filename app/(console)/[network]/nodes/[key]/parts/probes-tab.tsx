"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ProbeEntry } from "../../../../../../server/features/probes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { formatAge, formatMs } from "../../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Reading } from "../../../../../_ui/reading.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { type SmallColumn, SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { pagedState } from "./paged-state.ts";

/** What the node answered when the console asked it for /info, newest first. */
export function ProbesTab({ network, nodeKey }: { network: NetworkName; nodeKey: string }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.probes.list.infiniteQueryOptions(
      { network, key: nodeKey },
      { getNextPageParam: ({ next }) => next },
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Panel
      title="Probes"
      sub="GET /info, every 15 s and when somebody asks"
      isFlush
      age={rows[0] ? { at: rows[0].at, staleAfterMs: 60_000 } : null}
      state={pagedState(query, {
        what: "probes",
        count: rows.length,
        empty: {
          title: "Never probed",
          children: "Only nodes that the chain registered with an address are asked.",
        },
      })}
    >
      <SmallTable label="Probes" rows={rows} rowKey={(probe) => probe.at} columns={columns} />
      {query.hasNextPage && (
        <div className="p-4">
          <Button size="small" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Older probes
          </Button>
        </div>
      )}
    </Panel>
  );
}

const columns: SmallColumn<ProbeEntry>[] = [
  { id: "at", title: "When", width: 92, cell: (probe) => <Time at={probe.at} form="clock" /> },
  {
    id: "result",
    title: "Result",
    width: 140,
    cell: (probe) =>
      probe.kind === "answered" ? (
        <StatusWord tone="ok">Answered</StatusWord>
      ) : (
        <StatusWord tone="warn">Failed</StatusWord>
      ),
  },
  {
    id: "latency",
    title: "Latency ms",
    width: 92,
    isNumber: true,
    cell: (probe) => <Reading value={formatMs(probe.latencyMs)} />,
  },
  {
    id: "status",
    title: "HTTP",
    width: 64,
    isNumber: true,
    cell: (probe) => <Reading value={formatNumber(probe.httpStatus)} />,
  },
  {
    id: "skew",
    title: "Clock",
    width: 88,
    isNumber: true,
    cell: (probe) => <Reading value={skewOf(probe.clockSkewMs)} />,
  },
  {
    id: "version",
    title: "Version",
    width: 88,
    cell: (probe) => <span className="mono">{probe.version ?? <Reading value="·" />}</span>,
  },
  {
    id: "detail",
    title: "Detail",
    cell: (probe) => <span className="sec">{probe.detail ?? probe.reason ?? ""}</span>,
  },
  {
    id: "asked",
    title: "Asked by",
    width: 140,
    cell: (probe) => probe.askedBy ?? <span className="dim">schedule</span>,
  },
];

/** Half a second either way is what the Date header can tell. */
function skewOf(ms: number | null): string {
  if (ms === null) return "·";
  if (Math.abs(ms) <= 500) return "in time";
  return `${ms > 0 ? "+" : "−"}${formatAge(Math.abs(ms))}`;
}
