"use client";

import { useQuery } from "@tanstack/react-query";
import { readSpark } from "../../../../../server/features/nodes/list-rules.ts";
import { markOf } from "../../../../../server/features/nodes/rules.ts";
import type { NodeLimits, NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { formatPercent, formatShare } from "../../../../_ui/format/percent.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { Id } from "../../../../_ui/id.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Peek, PeekSection } from "../../../../_ui/peek.tsx";
import { Reading } from "../../../../_ui/reading.tsx";
import { Skeleton } from "../../../../_ui/skeleton.tsx";
import { Sparkline } from "../../../../_ui/sparkline.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { formatGigabits } from "./format-gigabits.ts";
import { stateLooks } from "./state-looks.ts";

type NodePeekProps = {
  network: NetworkName;
  row: NodeRow;
  limits: NodeLimits;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One node beside the list: how it is and why, its figures as they move, and what disagrees. */
export function NodePeek({ network, row, limits, ...peek }: NodePeekProps) {
  const { word, ...look } = stateLooks[row.status.kind];
  return (
    <Peek
      label={row.name}
      href={`/${network}/nodes/${row.key}`}
      head={
        <>
          <Glyph {...look} />
          <span className="peek-t">{row.name}</span>
        </>
      }
      {...peek}
    >
      <PeekSection>
        <p className={`t-${look.tone}`}>{word}</p>
        <p className="sec">{row.status.reason}</p>
      </PeekSection>
      <PeekSection title="Now">
        <KeyValue items={figuresOf(row, limits)} />
      </PeekSection>
      <PeekSection title="Operations per second, 60 min">
        <Sparkline values={readSpark(row.spark)} width={440} height={48} tone="accent" hasArea />
      </PeekSection>
      <PeekSection title="Registered">
        <KeyValue items={identityOf(row)} />
      </PeekSection>
      <Findings network={network} nodeKey={row.key} />
    </Peek>
  );
}

function figuresOf(row: NodeRow, limits: NodeLimits) {
  const over = (field: "p99Ms" | "failureRatio" | "cpu" | "memory" | "disk") =>
    markOf(field, row[field], limits);
  return [
    ["Operations", <Reading key="v" value={formatNumber(row.opsPerSecond)} unit="/s" />],
    ["Latency p99", <Reading key="v" value={formatMs(row.p99Ms)} unit="ms" over={over("p99Ms")} />],
    [
      "Errors, 15 min",
      <Reading key="v" value={formatPercent(row.failureRatio)} unit="%" over={over("failureRatio")} />,
    ],
    ["CPU", <Reading key="v" value={formatShare(row.cpu)} unit="%" over={over("cpu")} />],
    ["Memory", <Reading key="v" value={formatShare(row.memory)} unit="%" over={over("memory")} />],
    ["Disk", <Reading key="v" value={formatShare(row.disk)} unit="%" over={over("disk")} />],
    ["Network in", <Reading key="v" value={formatGigabits(row.netInBps)} unit="Gb/s" />],
    ["Network out", <Reading key="v" value={formatGigabits(row.netOutBps)} unit="Gb/s" />],
    ["Stored", <Reading key="v" value={formatBytes(row.storedBytes)} />],
    ["Heard", <Time key="v" at={row.heardAt} />],
  ] as const;
}

function identityOf(row: NodeRow) {
  return [
    ["Key", <Id key="v" value={row.key} what="node key" head={10} tail={8} showCopy />],
    [
      "Provider",
      row.providerName ??
        (row.provider === null ? (
          <Absent key="v" />
        ) : (
          <Id key="v" value={row.provider} what="provider" head={8} tail={6} />
        )),
    ],
    [
      "Cluster",
      row.clusterName ??
        (row.clusterId === null ? (
          <Absent key="v" />
        ) : (
          <Id key="v" value={row.clusterId} what="cluster id" />
        )),
    ],
    ["Region", row.region ?? <Absent key="v" />],
    ["Mode", row.mode ?? <Absent key="v" />],
    ["Version", row.version ?? <Absent key="v" />],
  ] as const;
}

function Absent() {
  return <Reading value="·" />;
}

/** Read when the panel opens: what the three views disagree on, and the risk. */
function Findings({ network, nodeKey }: { network: NetworkName; nodeKey: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.nodes.get.queryOptions({ network, key: nodeKey }));
  if (!data)
    return (
      <PeekSection title="Findings">
        <Skeleton width="70%" />
      </PeekSection>
    );
  const differing = data.views.filter((view) => view.verdict?.kind === "differs");
  return (
    <PeekSection title="Findings">
      <ul className="checks">
        {differing.map((view) => (
          <li key={view.subject}>
            <Glyph tone="crit" size={9} />
            <span>{view.label}</span>
            <span className="t-crit">{view.verdict?.wording}</span>
          </li>
        ))}
        {differing.length === 0 && (
          <li>
            <Glyph tone="ok" size={9} />
            <span>Registered, reported and measured agree</span>
            <span />
          </li>
        )}
        <li>
          <Glyph tone={data.risk.isOverThreshold ? "warn" : "ok"} size={9} />
          <span>Risk of a penalty</span>
          <span className="sec">{formatNumber(data.risk.score)} of 100</span>
        </li>
      </ul>
    </PeekSection>
  );
}
