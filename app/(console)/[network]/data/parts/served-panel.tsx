import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { Newest } from "../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatMs } from "../../../../_ui/format/duration.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";

const mostRows = 8;

/** Which nodes served, of the newest requests. */
export function ServedPanel({
  network,
  query,
}: {
  network: NetworkName;
  query: UseQueryResult<Newest, unknown>;
}) {
  return (
    <QueryPanel
      title="Served by"
      sub={<NewestWords newest={query.data} />}
      what="who served"
      query={query}
      isFlush={(query.data?.nodes.length ?? 0) > 0}
      emptyWhen={(newest) => (newest.requests > 0 ? null : noRequests)}
    >
      {({ nodes }) => (
        <>
          <SmallTable
            label="Nodes that served"
            isCompact
            rows={nodes.slice(0, mostRows)}
            rowKey={(row) => row.nodeKey}
            columns={[
              {
                id: "node",
                title: "Node",
                cell: (row) => (
                  <Link href={`/${network}/nodes/${row.nodeKey}`} prefetch={false}>
                    {row.name}
                  </Link>
                ),
              },
              {
                id: "requests",
                title: "Requests",
                isNumber: true,
                cell: (row) => formatNumber(row.requests),
              },
              { id: "bytes", title: "Bytes", isNumber: true, cell: (row) => formatBytes(row.bytes) },
              { id: "p50", title: "p50 ms", isNumber: true, cell: (row) => formatMs(row.p50Ms) },
              { id: "failed", title: "Failed", isNumber: true, cell: (row) => formatNumber(row.failures) },
            ]}
          />
          {nodes.length > mostRows && <p className="panel-note dim">{nodes.length - mostRows} more nodes</p>}
        </>
      )}
    </QueryPanel>
  );
}

export const noRequests = {
  title: "No request is stored",
  children: "Records of activity are kept for a week; none of them names this.",
};

/** "the newest 1,000 requests" or "all 48 requests that are stored". */
export function NewestWords({ newest }: { newest: Newest | undefined }) {
  if (newest === undefined || newest.requests === 0) return null;
  return (
    <>
      {newest.isAll ? "all" : "the newest"} {formatNumber(newest.requests)} requests
      {newest.isAll ? " that are stored" : ""}
    </>
  );
}
