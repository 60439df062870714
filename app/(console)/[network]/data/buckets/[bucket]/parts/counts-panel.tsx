import type { UseQueryResult } from "@tanstack/react-query";
import type { BucketHistory } from "../../../../../../../server/features/inventory/schema.ts";
import { formatInteger } from "../../../../../../_ui/format/number.ts";
import { KeyValue } from "../../../../../../_ui/key-value.tsx";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";

const words: Record<BucketHistory["byStatus"][number]["status"], string> = {
  ok: "OK",
  not_found: "NOT_FOUND",
  internal: "INTERNAL",
  unavailable: "UNAVAILABLE",
  aborted: "ABORTED",
  unknown: "no response in the record",
};

/** Requests of the time range by operation and by status. */
export function CountsPanel({ query }: { query: UseQueryResult<BucketHistory, unknown> }) {
  return (
    <QueryPanel title="Requests" sub="of the time range" what="requests" query={query}>
      {({ byOperation, byStatus }) => (
        <div className="grid grid-cols-2 gap-6">
          <KeyValue
            items={byOperation.map(({ operation, requests }) => [
              operation.toUpperCase(),
              formatInteger(requests),
            ])}
          />
          <KeyValue
            items={byStatus.map(({ status, requests }) => [words[status], formatInteger(requests)])}
          />
        </div>
      )}
    </QueryPanel>
  );
}
