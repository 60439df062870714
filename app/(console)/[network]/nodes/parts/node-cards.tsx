import Link from "next/link";
import { isHeard, markOf } from "../../../../../server/features/nodes/rules.ts";
import type { NodeLimits, NodeRow } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { formatShare } from "../../../../_ui/format/percent.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { Reading } from "../../../../_ui/reading.tsx";
import { formatErrors } from "./format-errors.ts";
import { HeardAge } from "./heard-age.tsx";
import { stateLooks } from "./state-looks.ts";

type NodeCardsProps = { network: NetworkName; rows: readonly NodeRow[]; limits: NodeLimits };

/** The list on a phone: two lines a node, each a link to its page. What is out of view is not laid out. */
export function NodeCards({ network, rows, limits }: NodeCardsProps) {
  return (
    <ul aria-label="Nodes">
      {rows.map((row) => (
        <NodeCard key={row.key} network={network} row={row} limits={limits} />
      ))}
    </ul>
  );
}

function NodeCard({ network, row, limits }: { network: NetworkName; row: NodeRow; limits: NodeLimits }) {
  const { word, ...look } = stateLooks[row.status.kind];
  return (
    <li className="border-hairline border-b [contain-intrinsic-size:auto_58px] [content-visibility:auto]">
      <Link
        href={`/${network}/nodes/${row.key}`}
        prefetch={false}
        className="grid min-h-11 grid-cols-[20px_minmax(0,1fr)_auto] items-baseline gap-x-1 px-4 py-2 hover:no-underline"
      >
        <Glyph {...look} />
        <span className="truncate">
          <b>{row.name}</b> <span className={look.tone === "ok" ? "sec" : `t-${look.tone}`}>{word}</span>
        </span>
        <span className="dim text-12">
          <HeardAge at={row.heardAt} kind={row.status.kind} />
        </span>
        <span className="dim col-start-2 truncate text-12">
          {isHeard(row.status.kind) ? <CardFigures row={row} limits={limits} /> : row.status.reason}
        </span>
      </Link>
    </li>
  );
}

function CardFigures({ row, limits }: { row: NodeRow; limits: NodeLimits }) {
  return (
    <span className="flex gap-3">
      <Reading value={formatNumber(row.opsPerSecond)} unit="/s" />
      <span>
        p99 <Reading value={formatMs(row.p99Ms)} unit="ms" over={markOf("p99Ms", row.p99Ms, limits)} />
      </span>
      <Reading
        value={formatErrors(row.failureRatio)}
        unit="% err"
        over={markOf("failureRatio", row.failureRatio, limits)}
      />
      <span>
        disk <Reading value={formatShare(row.disk)} unit="%" over={markOf("disk", row.disk, limits)} />
      </span>
    </span>
  );
}
