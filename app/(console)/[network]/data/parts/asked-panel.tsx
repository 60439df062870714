import type { UseQueryResult } from "@tanstack/react-query";
import type { Newest } from "../../../../../server/features/inventory/schema.ts";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Id } from "../../../../_ui/id.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { NewestWords, noRequests } from "./served-panel.tsx";

const mostRows = 6;

/** Which accounts asked, of the newest requests. */
export function AskedPanel({ query }: { query: UseQueryResult<Newest, unknown> }) {
  return (
    <QueryPanel
      title="Asked by"
      sub={<NewestWords newest={query.data} />}
      what="who asked"
      query={query}
      isFlush={(query.data?.accounts.length ?? 0) > 0}
      emptyWhen={(newest) => (newest.requests > 0 ? null : noRequests)}
    >
      {({ accounts }) => (
        <>
          <SmallTable
            label="Accounts that asked"
            isCompact
            rows={accounts.slice(0, mostRows)}
            rowKey={(row) => row.account ?? "nobody"}
            columns={[
              {
                id: "account",
                title: "Account",
                cell: (row) =>
                  row.account === null ? (
                    <span className="dim">not named</span>
                  ) : (
                    <Id value={row.account} what="account" head={8} tail={6} isQuiet />
                  ),
              },
              {
                id: "requests",
                title: "Requests",
                isNumber: true,
                cell: (row) => formatNumber(row.requests),
              },
              { id: "bytes", title: "Bytes", isNumber: true, cell: (row) => formatBytes(row.bytes) },
              { id: "last", title: "Last", isNumber: true, cell: (row) => <Time at={row.lastAt} isQuiet /> },
            ]}
          />
          {accounts.length > mostRows && (
            <p className="panel-note dim">{accounts.length - mostRows} more accounts</p>
          )}
        </>
      )}
    </QueryPanel>
  );
}
