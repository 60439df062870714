"use client";

import Link from "next/link";
import type { StoredCheck } from "../../../../../../server/features/verification/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { VerdictWord } from "../../../../../_client/verify/verdict-word.tsx";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { bucketHref } from "../../parts/bucket-columns.tsx";
import { cidHref } from "../../parts/cid-href.ts";

type CheckTableProps = {
  network: NetworkName;
  checks: readonly StoredCheck[];
  onNode: (key: string) => void;
};

export function CheckTable({ network, checks, onNode }: CheckTableProps) {
  return (
    <SmallTable
      label="Checks"
      isCompact
      rows={checks}
      rowKey={({ at, node, cid }) => `${at} ${node} ${cid}`}
      rowTone={({ verdict }) => (verdict === "mismatch" ? "bad" : null)}
      columns={[
        { id: "at", title: "When", width: 110, cell: ({ at }) => <Time at={at} /> },
        {
          id: "verdict",
          title: "Verdict",
          width: 150,
          cell: ({ verdict, detail }) => <VerdictWord verdict={verdict} why={detail} />,
        },
        {
          id: "node",
          title: "Node",
          width: 170,
          cell: ({ node, name }) => (
            <span className="flex items-center gap-2">
              <Link href={`/${network}/nodes/${node}`} prefetch={false}>
                {name}
              </Link>
              <button
                type="button"
                className="lk dim text-11"
                aria-label={`Only ${name}`}
                onClick={() => onNode(node)}
              >
                only
              </button>
            </span>
          ),
        },
        {
          id: "cid",
          title: "CID",
          cell: ({ cid, bucket }) => (
            <Link className="mono" href={cidHref(network, cid, bucket)} prefetch={false}>
              {shorten(cid, 12, 6)}
            </Link>
          ),
        },
        {
          id: "bucket",
          title: "Bucket",
          isNumber: true,
          width: 80,
          cell: ({ bucket }) => (
            <Link href={bucketHref(network, bucket)} prefetch={false}>
              {bucket}
            </Link>
          ),
        },
        { id: "bytes", title: "Bytes", isNumber: true, width: 100, cell: ({ bytes }) => formatBytes(bytes) },
        {
          id: "total",
          title: "Total ms",
          isNumber: true,
          width: 90,
          cell: ({ totalMs }) => formatNumber(totalMs),
        },
      ]}
    />
  );
}
