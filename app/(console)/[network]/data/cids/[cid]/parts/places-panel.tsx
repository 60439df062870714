import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { PieceDetail } from "../../../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { NoReading } from "../../../../../../_ui/figure.tsx";
import { formatBytes } from "../../../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { cidHref } from "../../../parts/cid-href.ts";
import { KnownLetters } from "../../../parts/known-letters.tsx";

type PlacesPanelProps = { network: NetworkName; query: UseQueryResult<PieceDetail, unknown> };

/** Every bucket in which the CID is known: equal content has one CID everywhere. */
export function PlacesPanel({ network, query }: PlacesPanelProps) {
  return (
    <QueryPanel
      title="Where it is known"
      sub="buckets of this network, the last used first"
      what="where it is known"
      query={query}
      isFlush={(query.data?.places.length ?? 0) > 0}
      emptyWhen={({ places }) =>
        places.length > 0
          ? null
          : { title: "Nowhere yet", children: "Nothing that the console has read names this CID." }
      }
    >
      {({ cid, places }) => (
        <SmallTable
          label="Buckets in which it is known"
          rows={places}
          rowKey={(row) => row.bucket}
          columns={[
            {
              id: "bucket",
              title: "Bucket",
              cell: (row) => (
                <Link href={cidHref(network, cid, row.bucket)} prefetch={false}>
                  {row.bucket}
                </Link>
              ),
            },
            { id: "known", title: "Known by", cell: (row) => <KnownLetters known={row.known} /> },
            {
              id: "size",
              title: "Size",
              isNumber: true,
              cell: (row) => (row.sizeBytes === null ? <NoReading /> : formatBytes(row.sizeBytes)),
            },
            { id: "reads", title: "GETs", isNumber: true, cell: (row) => formatInteger(row.reads) },
            { id: "writes", title: "PUTs", isNumber: true, cell: (row) => formatInteger(row.writes) },
            {
              id: "first",
              title: "First seen",
              isNumber: true,
              cell: (row) => <Time at={row.firstSeen} isQuiet />,
            },
            {
              id: "last",
              title: "Last seen",
              isNumber: true,
              cell: (row) => <Time at={row.lastSeen} isQuiet />,
            },
          ]}
        />
      )}
    </QueryPanel>
  );
}
