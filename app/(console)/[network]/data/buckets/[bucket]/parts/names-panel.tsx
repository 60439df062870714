import Link from "next/link";
import type { BucketDetail } from "../../../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { shorten } from "../../../../../../_ui/format/shorten.ts";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { cidHref } from "../../../parts/cid-href.ts";

/** CNS names that a node answered to; names cannot be listed either. */
export function NamesPanel({ network, detail }: { network: NetworkName; detail: BucketDetail }) {
  const { names, bucket } = detail;
  return (
    <Panel
      title="CNS records"
      sub="names that nodes answered to; they cannot be listed either"
      isFlush={names.length > 0}
      state={
        names.length > 0
          ? { kind: "data" }
          : {
              kind: "empty",
              title: "No name is known",
              children:
                bucket.visibility === "public"
                  ? "Nodes of the cluster are asked for the names in the settings; none answered to one yet."
                  : "Only public buckets are asked for names: a private one would need a token of its owner.",
            }
      }
    >
      <SmallTable
        label="CNS records"
        rows={names}
        rowKey={(row) => row.name}
        columns={[
          { id: "name", title: "CNS name", cell: (row) => <span className="mono">{row.name}</span> },
          {
            id: "cid",
            title: "Points to",
            cell: (row) => (
              <Link className="mono" href={cidHref(network, row.cid, bucket.bucket)} prefetch={false}>
                {shorten(row.cid, 10, 5)}
              </Link>
            ),
          },
          {
            id: "ttl",
            title: "TTL",
            isNumber: true,
            cell: (row) =>
              row.ttlSeconds === null ? <span className="dim">not said</span> : `${row.ttlSeconds} s`,
          },
          { id: "since", title: "Since", isNumber: true, cell: (row) => <Time at={row.since} isQuiet /> },
        ]}
      />
    </Panel>
  );
}
