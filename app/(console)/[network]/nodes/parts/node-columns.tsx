import Link from "next/link";
import { readSpark } from "../../../../../server/features/nodes/list-rules.ts";
import { type MarkedField, markOf } from "../../../../../server/features/nodes/rules.ts";
import type { NodeLimits, NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatBytesIn } from "../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { formatShare } from "../../../../_ui/format/percent.ts";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { Id } from "../../../../_ui/id.tsx";
import { Meter } from "../../../../_ui/meter.tsx";
import { Reading } from "../../../../_ui/reading.tsx";
import { Sparkline } from "../../../../_ui/sparkline.tsx";
import { changedBy } from "../../../../_ui/table/changed-by.ts";
import type { Column } from "../../../../_ui/table/columns.ts";
import { formatErrors } from "./format-errors.ts";
import { formatGigabits } from "./format-gigabits.ts";
import { HeardAge } from "./heard-age.tsx";
import { NodeStateWord } from "./node-state.tsx";

type NodeColumn = Column<NodeRow>;

/** Every column of the list in its order. Ids are those that the server sorts by. */
export function buildNodeColumns(network: NetworkName, limits: NodeLimits | null): NodeColumn[] {
  return [...identity(network), ...service(limits), ...resources(limits), ...storage(limits), ...origin];
}

function identity(network: NetworkName): NodeColumn[] {
  return [
    {
      id: "status",
      title: "Status",
      width: 100,
      isFixed: true,
      isSortable: true,
      value: (row) => row.status.kind,
      marksChange: (before, after) => before !== after,
      cell: (row) => <NodeStateWord status={row.status} />,
    },
    {
      id: "name",
      title: "Node",
      width: 158,
      minWidth: 96,
      grows: true,
      isFixed: true,
      isSortable: true,
      cell: (row) => <NodeName network={network} row={row} />,
    },
    {
      id: "provider",
      title: "Provider",
      width: 80,
      isSortable: true,
      cell: (row) => <Provider row={row} />,
    },
    {
      id: "clusterId",
      title: "Cluster",
      width: 80,
      isSortable: true,
      cell: (row) => <ClusterLink network={network} row={row} />,
    },
  ];
}

function service(limits: NodeLimits | null): NodeColumn[] {
  return [
    figure("opsPerSecond", { title: "Ops/s", description: "Operations per second, mean of 10 s", width: 54 }),
    {
      id: "spark",
      title: "1 h",
      description: "Operations per second in the last 60 min",
      width: 70,
      cell: (row) => <Sparkline values={readSpark(row.spark)} width={56} />,
    },
    milliseconds("p50Ms", { title: "p50 ms", description: "Latency, half of all requests", limits: null }),
    milliseconds("p95Ms", { title: "p95 ms", description: "Latency, 95 of 100 requests", limits: null }),
    milliseconds("p99Ms", { title: "p99 ms", description: "Latency, 99 of 100 requests", limits }),
    {
      ...ratio("failureRatio", {
        title: "Error %",
        description: "INTERNAL and UNAVAILABLE in 15 min",
        limits,
      }),
      cell: (row) => marked("failureRatio", formatErrors(row.failureRatio), { row, limits }),
    },
  ];
}

function resources(limits: NodeLimits | null): NodeColumn[] {
  return [
    ratio("cpu", { title: "CPU %", description: "CPU use", limits }),
    ratio("memory", { title: "Mem %", description: "Memory use", limits }),
    gigabits("netInBps", { title: "In Gb/s", description: "Network in" }),
    gigabits("netOutBps", { title: "Out Gb/s", description: "Network out" }),
    {
      ...gigabits("linkBps", { title: "Link Gb/s", description: "Speed of its link" }),
      isHiddenAtFirst: true,
    },
  ];
}

function storage(limits: NodeLimits | null): NodeColumn[] {
  return [
    {
      ...ratio("disk", { title: "Disk %", description: "Disk use", limits }),
      width: 90,
      cell: (row) => <DiskUse row={row} limits={limits} />,
    },
    bytes("storedBytes", { title: "Stored TiB", description: "Bytes stored" }),
    { ...bytes("capacityBytes", { title: "Room TiB", description: "Capacity" }), isHiddenAtFirst: true },
    {
      id: "heardAt",
      title: "Heard",
      description: "Age of the newest telemetry or activity",
      width: 52,
      isNumber: true,
      isSortable: true,
      startsDescending: true,
      cell: (row) => <HeardAge at={row.heardAt} kind={row.status.kind} />,
    },
  ];
}

const origin: NodeColumn[] = [
  {
    id: "version",
    title: "Version",
    width: 66,
    isSortable: true,
    cell: (row) => <span className="mono sec">{row.version ?? <Nothing />}</span>,
  },
  {
    id: "region",
    title: "Region",
    width: 92,
    isSortable: true,
    isHiddenAtFirst: true,
    cell: (row) => row.region ?? <Nothing />,
  },
  {
    id: "mode",
    title: "Mode",
    width: 76,
    isSortable: true,
    isHiddenAtFirst: true,
    cell: (row) => row.mode ?? <Nothing />,
  },
];

type FigureField =
  | "opsPerSecond"
  | "p50Ms"
  | "p95Ms"
  | "netInBps"
  | "netOutBps"
  | "linkBps"
  | "storedBytes"
  | "capacityBytes";
type FigureWords = { title: string; description: string };

/** Figures tremble every second; what moved by a tenth is worth a look. */
const marksChange = changedBy(0.1);

function figure(field: FigureField | MarkedField, words: FigureWords & { width: number }): NodeColumn {
  return {
    id: field,
    ...words,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    value: (row) => row[field],
    marksChange,
    cell: (row) => <Reading value={formatNumber(row[field])} />,
  };
}

function milliseconds(
  field: "p50Ms" | "p95Ms" | "p99Ms",
  { limits, ...words }: FigureWords & { limits: NodeLimits | null },
): NodeColumn {
  return {
    ...figure(field, { ...words, width: 78 }),
    isHiddenAtFirst: field !== "p99Ms",
    cell: (row) =>
      field === "p99Ms" ? (
        marked(field, formatMs(row[field]), { row, limits })
      ) : (
        <Reading value={formatMs(row[field])} />
      ),
  };
}

function ratio(
  field: "failureRatio" | "cpu" | "memory" | "disk",
  { limits, ...words }: FigureWords & { limits: NodeLimits | null },
): NodeColumn {
  return {
    ...figure(field, { ...words, width: field === "failureRatio" ? 56 : 52 }),
    cell: (row) => marked(field, formatShare(row[field]), { row, limits }),
  };
}

function gigabits(field: "netInBps" | "netOutBps" | "linkBps", words: FigureWords): NodeColumn {
  return {
    ...figure(field, { ...words, width: field === "netInBps" ? 58 : 66 }),
    cell: (row) => <Reading value={formatGigabits(row[field])} />,
  };
}

function bytes(field: "storedBytes" | "capacityBytes", words: FigureWords): NodeColumn {
  return {
    ...figure(field, { ...words, width: 70 }),
    cell: (row) => <Reading value={formatBytesIn(row[field], "TiB")} />,
  };
}

type Marking = { row: NodeRow; limits: NodeLimits | null };

function marked(field: MarkedField, value: string, { row, limits }: Marking) {
  return <Reading value={value} over={limits && markOf(field, row[field], limits)} />;
}

function NodeName({ network, row }: { network: NetworkName; row: NodeRow }) {
  return (
    <>
      <Link href={`/${network}/nodes/${row.key}`} prefetch={false} className="font-medium">
        {row.name}
      </Link>
      <span className="dim ml-2">
        <Id value={row.key} what="node key" isQuiet />
      </span>
    </>
  );
}

function ClusterLink({ network, row }: { network: NetworkName; row: NodeRow }) {
  if (row.clusterId === null) return <Nothing />;
  return (
    <Link href={`/${network}/clusters/${row.clusterId}`} prefetch={false} className="sec">
      {row.clusterName ?? shorten(row.clusterId, 4, 4)}
    </Link>
  );
}

function DiskUse({ row, limits }: Marking) {
  const over = limits && markOf("disk", row.disk, limits);
  return (
    <>
      {row.disk !== null && <Meter ratio={row.disk} label="Disk" tone={over} />}
      <Reading value={formatShare(row.disk)} over={over} />
    </>
  );
}

/** Its name where it has told one, else its account. */
function Provider({ row }: { row: NodeRow }) {
  if (row.provider === null) return <Nothing />;
  if (row.providerName !== null)
    return (
      <span className="sec" data-tip={row.provider} data-tip-mono="">
        {row.providerName}
      </span>
    );
  return <Id value={row.provider} what="provider" head={4} tail={4} isQuiet />;
}

function Nothing() {
  return <Reading value="·" />;
}
