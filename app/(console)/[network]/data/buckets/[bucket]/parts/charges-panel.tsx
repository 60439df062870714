import type { UseQueryResult } from "@tanstack/react-query";
import type { BucketCharges, BucketHistory } from "../../../../../../../server/features/inventory/schema.ts";
import { cereDecimals } from "../../../../../../../server/kernel/networks.ts";
import { Amount } from "../../../../../../_ui/amount.tsx";
import { formatInteger, formatNumber } from "../../../../../../_ui/format/number.ts";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";

/** The owner's charges of the time range by day, and the part that is allocated to this bucket. */
export function ChargesPanel({ query }: { query: UseQueryResult<BucketHistory, unknown> }) {
  return (
    <QueryPanel
      title="Charges"
      sub="CERE by day, allocated: the chain charges per owner"
      what="charges"
      query={query}
      isFlush={(query.data && daysOf(query.data.charges).length > 0) === true}
      emptyWhen={({ charges }) => {
        if (charges.state === "unknown") return { title: "Charges are not known", children: charges.reason };
        return charges.days.length > 0
          ? null
          : {
              title: "No charge in this range",
              children: "The owner was not charged in the days that the range touches.",
            };
      }}
    >
      {({ charges }) => <Allocated charges={charges} />}
    </QueryPanel>
  );
}

function Allocated({ charges }: { charges: BucketCharges }) {
  if (charges.state === "unknown") return null;
  return (
    <>
      <SmallTable
        label="Charges by day"
        isCompact
        rows={charges.days}
        rowKey={(row) => row.day}
        columns={[
          { id: "day", title: "Day, UTC", cell: (row) => row.day },
          {
            id: "requests",
            title: "Requests here",
            isNumber: true,
            cell: (row) => formatInteger(row.requests),
          },
          {
            id: "allocated",
            title: "This bucket, allocated",
            isNumber: true,
            cell: (row) => <Amount baseUnits={row.allocated} decimals={cereDecimals} />,
          },
          {
            id: "charged",
            title: "Owner was charged",
            isNumber: true,
            cell: (row) => <Amount baseUnits={row.charged} decimals={cereDecimals} />,
          },
        ]}
      />
      <p className="panel-note dim">
        {charges.rule} The owner has {formatNumber(charges.ownerBuckets)} buckets.
      </p>
    </>
  );
}

function daysOf(charges: BucketCharges) {
  return charges.state === "allocated" ? charges.days : [];
}
