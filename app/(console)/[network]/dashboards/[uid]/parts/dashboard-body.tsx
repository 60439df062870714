"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { DashboardDetail } from "../../../../../../server/features/dashboards/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { loadPlot } from "../../../../../_charts/time-series.tsx";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { usePaused } from "../../../../../_ui/paused.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { Skeleton } from "../../../../../_ui/skeleton.tsx";
import { useTheme } from "../../../../../_ui/theme.ts";
import { DashboardBands } from "./dashboard-bands.tsx";
import { toFramePlace } from "./frame-place.ts";
import { GrafanaFrame } from "./grafana-frame.tsx";
import { GrafanaNote } from "./grafana-note.tsx";
import { frameLimitMs, useFrameDoor } from "./use-frame-door.ts";

type DashboardBodyProps = {
  network: NetworkName;
  uid: string;
  /** Chosen values by variable; a variable that is not named has all its values. */
  variables: Record<string, string[]>;
};

/** One dashboard: Grafana's own where it is there, else the same panels drawn by the console. */
export function DashboardBody({ network, uid, variables }: DashboardBodyProps) {
  const trpc = useTRPC();
  const list = useQuery(trpc.dashboards.list.queryOptions({ network }));
  const dashboard = useQuery(trpc.dashboards.get.queryOptions({ network, uid }));
  if (!dashboard.data)
    return (
      <Sheet>
        <Panel title="Panels" state={queryState(dashboard, "dashboard")} />
      </Sheet>
    );
  return (
    <>
      {list.data && <GrafanaNote state={list.data.grafana} onRetry={() => list.refetch()} />}
      <Drawn network={network} dashboard={dashboard.data} variables={variables} />
    </>
  );
}

type DrawnProps = { network: NetworkName; dashboard: DashboardDetail; variables: Record<string, string[]> };

/** Is Grafana still there, or there again? */
const lookAgainMs = 500;

/** Of Grafana's grid: 30 px a row, 8 between, and the margin around. */
const rowPx = 38;
const marginPx = 16;

function Drawn({ network, dashboard, variables }: DrawnProps) {
  const trpc = useTRPC();
  const isPaused = usePaused();
  // What stands in a frame does not tell when nobody stands behind it any more.
  const list = useQuery(
    trpc.dashboards.list.queryOptions({ network }, { refetchInterval: isPaused ? false : lookAgainMs }),
  );
  const door = useFrameDoor(network, list.data);
  const theme = useTheme();
  const { range } = useTimeRange();
  const place = useMemo(
    () => toFramePlace({ range, variables: dashboard.variables, chosen: variables }),
    [range, dashboard.variables, variables],
  );
  // A dozen charts, which need not be drawn again at each look.
  const own = useMemo(
    () => <DashboardBands network={network} dashboard={dashboard} variables={variables} />,
    [network, dashboard, variables],
  );
  const hasFrame = door.kind === "open";
  useEffect(() => {
    // Should the frame go away, nobody waits for it then; if it cannot be loaded now, it is asked for again then.
    if (hasFrame) loadPlot().catch(() => {});
  }, [hasFrame]);
  if (door.kind === "own") return own;
  const heightPx = Math.max(...dashboard.panels.map(({ grid }) => grid.y + grid.h)) * rowPx + marginPx;
  const waiting = <Skeleton width="100%" height={heightPx} />;
  if (door.kind === "opening") return <UntilLate instead={own}>{waiting}</UntilLate>;
  return (
    <GrafanaFrame
      key={`${dashboard.uid} ${theme}`}
      origin={door.origin}
      uid={dashboard.uid}
      title={`${dashboard.title}, shown by Grafana`}
      place={place}
      theme={theme}
      heightPx={heightPx}
      waiting={waiting}
      instead={own}
    />
  );
}

/** What stands in for something that should be there in a moment; when it is late, `instead`. */
function UntilLate({ children, instead }: { children: ReactNode; instead: ReactNode }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const late = setTimeout(() => setLate(true), frameLimitMs);
    return () => clearTimeout(late);
  }, []);
  return isLate ? instead : children;
}
