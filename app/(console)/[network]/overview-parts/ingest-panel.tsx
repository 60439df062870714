import { readSpark } from "../../../../server/features/nodes/list-rules.ts";
import type { Overview } from "../../../../server/features/overview/schema.ts";
import { formatAge } from "../../../_ui/format/duration.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import type { PanelState } from "../../../_ui/panel.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { Sparkline } from "../../../_ui/sparkline.tsx";

/** How the road keeps up: per topic, what comes in and how far behind it is. */
export function IngestPanel({ overview }: { overview: Overview }) {
  const state: PanelState =
    overview.ingest.length === 0
      ? {
          kind: "empty",
          title: "Nothing taken in yet",
          children: "Start the ingest role with KAFKA_BROKERS set.",
        }
      : { kind: "data" };
  return (
    <Panel title="Kafka ingest" sub="mean of 10 s" age={{ at: overview.at }} state={state} isFlush>
      <table className="tbl tbl-compact">
        <thead>
          <tr>
            <th scope="col">Topic</th>
            <th scope="col" className="num">
              Records/s
            </th>
            <th scope="col" className="num">
              Dead/s
            </th>
            <th scope="col" className="num">
              Lag
            </th>
            <th scope="col" className="num">
              Behind
            </th>
            <th scope="col" className="num">
              10 min
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.ingest.map((topic) => (
            <tr key={topic.topic}>
              <th scope="row" className="mono">
                {topic.topic}
              </th>
              <td className="num">{formatNumber(topic.recordsPerSecond)}</td>
              <td className="num">{formatNumber(topic.deadLettersPerSecond, 1)}</td>
              <td className="num">{formatNumber(topic.lagRecords)}</td>
              <td className="num">{formatAge(topic.behindMs)}</td>
              <td className="num">
                <Sparkline values={readSpark(topic.spark)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
