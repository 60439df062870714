"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { heatLevel } from "../../../../../_charts/heat-scale.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import "./access.css";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

type RhythmPanelProps = { network: NetworkName; bucket: string | null; node: string | null };

/** Mean requests of each hour of the week, as a table whose cells are coloured. */
export function RhythmPanel({ network, bucket, node }: RhythmPanelProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.access.rhythm.queryOptions({ network, ...(bucket && { bucket }), ...(node && { node }) }),
  );
  const of = node ? "this node" : bucket ? `bucket ${bucket}` : "the network";
  return (
    <QueryPanel
      title="Hour by weekday"
      sub={`UTC, mean of 4 weeks, of ${of}`}
      query={query}
      what="the hours"
      emptyWhen={({ hours }) =>
        hours.flat().some((value) => value !== null) ? null : { title: "No whole hour yet" }
      }
    >
      {({ hours }) => {
        const max = Math.max(1, ...hours.flat().map((value) => value ?? 0));
        return (
          <table className="rhythm" aria-label="Mean requests by weekday and hour">
            <thead>
              <tr>
                <th scope="col">
                  <span className="sr-only">Day</span>
                </th>
                {Array.from({ length: 24 }, (_, hour) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its position
                  <th key={hour} scope="col">
                    {hour % 6 === 0 ? String(hour).padStart(2, "0") : <span className="sr-only">{hour}</span>}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day, index) => (
                <tr key={day}>
                  <th scope="row">{day}</th>
                  {hours[index]?.map((value, hour) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its position
                      key={hour}
                      data-level={value === null ? "none" : heatLevel(value, max)}
                      data-tip={`${day} ${hour}:00, ${value === null ? "no hour yet" : `${formatNumber(Math.round(value))} requests an hour`}`}
                    >
                      <span className="sr-only">{value === null ? "none" : Math.round(value)}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        );
      }}
    </QueryPanel>
  );
}
