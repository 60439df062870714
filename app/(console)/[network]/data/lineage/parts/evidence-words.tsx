import type { ReactNode } from "react";
import type { EdgeDetail } from "../../../../../../server/features/lineage/schema.ts";
import { cereDecimals } from "../../../../../../server/kernel/networks.ts";
import { Amount } from "../../../../../_ui/amount.tsx";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Time } from "../../../../../_ui/time.tsx";

type Evidence = NonNullable<EdgeDetail["evidence"]>;
type Shown = readonly [label: string, show: (value: string) => ReactNode];

const count: Shown[1] = (value) => formatInteger(value);
const bytes: Shown[1] = (value) => formatBytes(value);
const moment: Shown[1] = (value) => <Time at={value} form="instant" />;
const key: Shown[1] = (value) => <span className="mono">{shorten(value, 8, 6)}</span>;
const amount: Shown[1] = (value) => <Amount baseUnits={value} decimals={cereDecimals} symbol="CERE" />;
const plain: Shown[1] = (value) => value;

/** In the order in which they are read. */
const shown: Readonly<Record<string, Shown>> = {
  allocated: ["This bucket's part", amount],
  charged: ["The owner was charged", amount],
  rule: ["How it is split", plain],
  ownerBuckets: ["Buckets of the owner", count],
  requests: ["Requests", count],
  reads: ["Reads", count],
  writes: ["Writes", count],
  bytes: ["Bytes", bytes],
  readBytes: ["Bytes read", bytes],
  writtenBytes: ["Bytes written", bytes],
  countedOf: ["Counted of", plain],
  firstAt: ["First", moment],
  lastAt: ["Last", moment],
  name: ["Name", plain],
  links: ["Links to it", count],
  sizeBytes: ["Size in the link", bytes],
  bucket: ["Bucket", plain],
  servedBy: ["Served by", key],
  verifiedAt: ["Bytes hashed to the CID", moment],
  answeredBy: ["Answered by", key],
};
const unsaid = new Set(["decimals"]);

/** Figures behind an edge, with their units; what has no words here is shown as it is. */
export function evidenceItems(evidence: Evidence): (readonly [string, ReactNode])[] {
  const known = Object.entries(shown).flatMap(([field, [label, show]]) => {
    const value = evidence[field];
    return value === undefined || value === null || value === ""
      ? []
      : [[label, show(String(value))] as const];
  });
  const others = Object.entries(evidence).flatMap(([field, value]) =>
    field in shown || unsaid.has(field) ? [] : [[field, String(value)] as const],
  );
  return [...known, ...others];
}
