"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Forecast } from "../../../../../../server/features/nodes/history-schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { ChartSkeleton } from "../../../../../_charts/chart-skeleton.tsx";
import { Forecast as ForecastChart } from "../../../../../_charts/forecast.tsx";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { type ByteUnit, formatBytes, splitBytes } from "../../../../../_ui/format/bytes.ts";
import { formatReading } from "../../../../../_ui/format/number.ts";
import { formatDay } from "../../../../../_ui/format/time.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { useZone } from "../../../../../_ui/zone.ts";

type ForecastPanelProps = { network: NetworkName; nodeKey: string; areTables: boolean };

const height = 150;

/** When the disk is full if it goes on so, and how sure that is. Its own range: growth shows over months. */
export function ForecastPanel({ network, nodeKey, areTables }: ForecastPanelProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.nodes.forecast.queryOptions({ network, key: nodeKey }));
  return (
    <QueryPanel
      query={query}
      what="the storage forecast"
      title="Storage forecast"
      sub={query.data && byteUnitOf(query.data)}
      skeleton={<ChartSkeleton height={height} />}
      staleAfterMs={90_000}
      emptyWhen={({ verdict, wording }) =>
        verdict === "not_enough_data"
          ? {
              title: "No forecast yet",
              children: `${wording}. It needs stored bytes and capacity in telemetry.`,
            }
          : null
      }
    >
      {(forecast) => <Chart forecast={forecast} areTables={areTables} />}
    </QueryPanel>
  );
}

function Chart({ forecast, areTables }: { forecast: Forecast; areTables: boolean }) {
  const unit = byteUnitOf(forecast);
  const drawn = useMemo(() => drawnOf(forecast, unit), [forecast, unit]);
  return (
    <ForecastChart
      key={String(areTables)}
      startsAsTable={areTables}
      label="Storage forecast"
      height={height}
      {...drawn}
      unit={unit}
      format={formatReading}
      finding={<Finding forecast={forecast} />}
    />
  );
}

function Finding({ forecast }: { forecast: Forecast }) {
  const zone = useZone();
  const { wording, fullAtEarliest, fullAtLatest, bytesPerDay } = forecast;
  const day = (at: string) => formatDay(new Date(at), zone);
  const band =
    fullAtEarliest === null
      ? ""
      : fullAtLatest === null
        ? `, 80 % not before ${day(fullAtEarliest)}`
        : `, 80 % between ${day(fullAtEarliest)} and ${day(fullAtLatest)}`;
  const growth =
    bytesPerDay === null
      ? ""
      : `, at ${bytesPerDay < 0 ? "−" : "+"}${formatBytes(Math.abs(bytesPerDay))} a day`;
  return (
    <span className="whitespace-normal">
      <b>{wording}</b>
      {band}
      {growth}
    </span>
  );
}

const units: readonly ByteUnit[] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** One unit for the whole axis, that of the greatest value on it: its ticks are round in that unit. */
function byteUnitOf({ capacityBytes, history }: Forecast): ByteUnit {
  const greatest = Math.max(capacityBytes ?? 0, ...history.map(({ bytes }) => bytes ?? 0));
  return units.find((unit) => unit === splitBytes(greatest).unit) ?? "B";
}

function inUnit(bytes: number, unit: ByteUnit): number {
  return bytes / 1024 ** units.indexOf(unit);
}

function drawnOf({ history, ahead, capacityBytes, fullAt }: Forecast, unit: ByteUnit) {
  return {
    history: history.map(({ at, bytes }) => ({
      at: new Date(at).getTime(),
      value: bytes === null ? null : inUnit(bytes, unit),
    })),
    ahead: ahead.map(({ at, bytes, lowBytes, highBytes }) => ({
      at: new Date(at).getTime(),
      value: inUnit(bytes, unit),
      low: inUnit(lowBytes, unit),
      high: inUnit(highBytes, unit),
    })),
    capacity:
      capacityBytes === null
        ? null
        : { value: inUnit(capacityBytes, unit), label: `capacity ${formatBytes(capacityBytes)}` },
    fullAt: fullAt === null ? null : new Date(fullAt).getTime(),
  };
}
