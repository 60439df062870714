import Link from "next/link";
import type { BucketRow } from "../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../_ui/format/number.ts";
import { Time } from "../../../../_ui/time.tsx";
import { bucketHref } from "./bucket-columns.tsx";
import { KnownLetters } from "./known-letters.tsx";
import { VisibilityWord } from "./visibility-word.tsx";

/** The list on a phone: two lines a bucket, each a link to its page. */
export function BucketCards({ network, rows }: { network: NetworkName; rows: readonly BucketRow[] }) {
  return (
    <ul aria-label="Buckets">
      {rows.map((row) => (
        <li
          key={row.bucket}
          className="border-hairline border-b [contain-intrinsic-size:auto_58px] [content-visibility:auto]"
        >
          <Link
            href={bucketHref(network, row.bucket)}
            prefetch={false}
            className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-2 px-4 py-2 hover:no-underline"
          >
            <span className="flex items-baseline gap-2 truncate">
              <b>{row.bucket}</b>
              <VisibilityWord row={row} />
            </span>
            <span className="dim text-12">
              <Time at={row.lastSeen} isQuiet />
            </span>
            <span className="dim flex gap-3 truncate text-12">
              <span>{formatInteger(row.requests24h)} requests 24 h</span>
              <span>{formatBytes(row.writtenBytes)} written</span>
            </span>
            <KnownLetters known={row.known} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
