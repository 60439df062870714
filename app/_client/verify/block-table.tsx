import { unverifiableText } from "../../../server/features/verification/verification-rules.ts";
import { formatNumber } from "../../_ui/format/number.ts";
import { Id } from "../../_ui/id.tsx";
import { type SmallColumn, SmallTable } from "../../_ui/table/small-table.tsx";
import type { ShownBlocks } from "./use-verifier.ts";
import { VerdictWord } from "./verdict-word.tsx";
import type { BlockReceipt } from "./verify-protocol.ts";

const shown = 60;

/** What is wrong first, then the newest that are right. Everything is in the receipt. */
export function BlockTable({ blocks }: { blocks: ShownBlocks }) {
  const rank = (block: BlockReceipt) => (block.verdict === "mismatch" ? 0 : 1);
  const others = [...blocks.others].sort((a, b) => rank(a) - rank(b));
  const rows = [...others, ...blocks.verified.toReversed()].slice(0, shown);
  if (rows.length === 0) return null;
  return (
    <SmallTable
      label="Blocks"
      columns={columns}
      rows={rows}
      rowKey={({ cid }) => cid}
      rowTone={({ verdict }) => (verdict === "mismatch" ? "bad" : null)}
      isCompact
    />
  );
}

const kinds = { "dag-node": "dag-node", "raw-piece": "raw", "multipart-piece": "multipart" } as const;

const columns: readonly SmallColumn<BlockReceipt>[] = [
  { id: "name", title: "Name", cell: NameCell },
  {
    id: "cid",
    title: "CID",
    width: 170,
    cell: ({ cid }) => <Id value={cid} what="CID" head={10} tail={5} />,
  },
  { id: "kind", title: "Kind", width: 80, cell: ({ kind }) => kinds[kind] },
  { id: "bytes", title: "Bytes", isNumber: true, width: 110, cell: ({ bytes }) => formatNumber(bytes) },
  { id: "ms", title: "ms", isNumber: true, width: 70, cell: ({ ms }) => formatNumber(ms) },
  {
    id: "node",
    title: "Served by",
    width: 100,
    cell: ({ nodeName, node }) => nodeName ?? node?.slice(0, 10) ?? "·",
  },
  {
    id: "verdict",
    title: "Verdict",
    width: 150,
    cell: (block) => <VerdictWord verdict={block.verdict} why={whyOf(block)} />,
  },
];

function NameCell({ path, verdict, expected, computed }: BlockReceipt) {
  return (
    <>
      <div className="truncate">{path === "" ? "this CID" : path}</div>
      {verdict === "mismatch" && computed && (
        <div className="text-11 mono">
          <div>
            <span className="text-3">expected </span>
            <Id value={expected} what="expected hash" head={16} tail={8} />
          </div>
          <div>
            <span className="text-3">computed </span>
            <Id value={computed} what="computed hash" head={16} tail={8} />
          </div>
        </div>
      )}
    </>
  );
}

function whyOf({ verdict, why, detail }: BlockReceipt): string | null {
  if (verdict === "unreachable") return detail;
  const known = Object.entries(unverifiableText).find(([name]) => name === why);
  return known ? known[1] : null;
}
