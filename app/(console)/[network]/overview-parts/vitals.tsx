import Link from "next/link";
import { readSpark } from "../../../../server/features/nodes/list-rules.ts";
import type { Overview } from "../../../../server/features/overview/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { Figure } from "../../../_ui/figure.tsx";
import { formatBytes, splitBytes } from "../../../_ui/format/bytes.ts";
import { formatMs } from "../../../_ui/format/duration.ts";
import { formatNumber, noReading } from "../../../_ui/format/number.ts";
import { formatShare } from "../../../_ui/format/percent.ts";
import { Panel } from "../../../_ui/panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { Sparkline } from "../../../_ui/sparkline.tsx";
import { StatusWord } from "../../../_ui/status-word.tsx";
import { stateLooks } from "../nodes/parts/state-looks.ts";

type VitalsProps = { network: NetworkName; overview: Overview };

const spark = { width: 56, height: 28 };

/** The leading figures: each with what it is a share of, its age, and a way to the page that explains it. */
export function Vitals({ network, overview }: VitalsProps) {
  return (
    <Sheet columns="repeat(5, minmax(0, 1fr))" hasFigures>
      <OperationsVital network={network} overview={overview} />
      <LatencyVital network={network} overview={overview} />
      <StoredVital network={network} overview={overview} />
      <NodesVital network={network} overview={overview} />
      <IndexedVital overview={overview} />
    </Sheet>
  );
}

function OperationsVital({ network, overview }: VitalsProps) {
  const { perSecond, provenPerSecond } = overview.operations;
  const share = perSecond === null ? null : perSecond / provenPerSecond;
  return (
    <Panel title="Operations" age={{ at: overview.nodes.heardAt }}>
      <Link href={`/${network}/nodes?sort=-opsPerSecond`} className="vital">
        <Figure
          value={formatNumber(perSecond)}
          unit="/s"
          sub={
            <>
              <b>{formatShare(share)} %</b> of {formatNumber(provenPerSecond)} /s
            </>
          }
        />
        <Sparkline {...spark} values={readSpark(overview.operations.spark)} tone="accent" hasArea />
      </Link>
    </Panel>
  );
}

function LatencyVital({ network, overview }: VitalsProps) {
  const { p50Ms, p95Ms, p99Ms, p99Spark } = overview.latency;
  return (
    <Panel title="Latency p99" age={{ at: overview.nodes.heardAt }}>
      <Link href={`/${network}/nodes?sort=-p99Ms`} className="vital">
        <Figure
          value={formatMs(p99Ms)}
          unit="ms"
          sub={
            <>
              p50 <b>{formatMs(p50Ms)}</b>, p95 <b>{formatMs(p95Ms)}</b>
            </>
          }
        />
        <Sparkline {...spark} values={readSpark(p99Spark)} tone="accent" />
      </Link>
    </Panel>
  );
}

function StoredVital({ network, overview }: VitalsProps) {
  const { bytes, capacityBytes, forecast } = overview.stored;
  const { value, unit } = splitBytes(bytes);
  return (
    <Panel title="Stored" age={{ at: overview.nodes.heardAt }}>
      <Link href={`/${network}/nodes?sort=-storedBytes`} className="vital">
        <Figure
          value={value}
          unit={unit}
          sub={
            <>
              of {formatBytes(capacityBytes)}, <b>{lowerFirst(forecast)}</b>
            </>
          }
        />
        <Sparkline {...spark} values={readSpark(overview.stored.spark)} />
      </Link>
    </Panel>
  );
}

function NodesVital({ network, overview }: VitalsProps) {
  const { heard, total, byStatus, heardAt } = overview.nodes;
  const troubled = byStatus.filter(({ kind, nodes }) => nodes > 0 && kind !== "online" && kind !== "retired");
  return (
    <Panel title="Nodes heard" age={{ at: heardAt }}>
      <Link href={`/${network}/nodes`} className="vital">
        <Figure
          value={formatNumber(heard)}
          unit={`of ${formatNumber(total)}`}
          sub={
            <span className="vital-states">
              {troubled.length === 0 && "nothing needs attention"}
              {troubled.slice(0, 2).map(({ kind, nodes }) => (
                <StatusWord key={kind} tone={stateLooks[kind].tone}>
                  {`${nodes} ${stateLooks[kind].word.toLowerCase()}`}
                </StatusWord>
              ))}
              {troubled.length > 2 && <span>and {troubled.length - 2} more kinds</span>}
            </span>
          }
        />
      </Link>
    </Panel>
  );
}

function IndexedVital({ overview }: { overview: Overview }) {
  const source = overview.chain.find(({ family }) => family === "ddc");
  return (
    <Panel title="Indexed" age={{ at: source?.readAt ?? null, staleAfterMs: 30_000 }}>
      <Figure
        value={source?.height == null ? noReading : `#${formatNumber(source.height)}`}
        sub={indexedSub(source)}
      />
    </Panel>
  );
}

function indexedSub(source: Overview["chain"][number] | undefined) {
  if (!source) return "no indexer on this network";
  if (source.state !== "ok") return <span className="t-warn">{source.reason ?? source.state}</span>;
  if (source.lagBlocks === null) return "lag is not known";
  return (
    <>
      <b>{formatNumber(source.lagBlocks)}</b> {source.lagBlocks === 1 ? "block" : "blocks"} behind
    </>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
