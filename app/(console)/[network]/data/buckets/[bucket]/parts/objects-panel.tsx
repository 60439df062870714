"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { ObjectRow } from "../../../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { ExportMenu } from "../../../../../../_shell/jobs/export-menu.tsx";
import { NoReading } from "../../../../../../_ui/figure.tsx";
import { formatBytes } from "../../../../../../_ui/format/bytes.ts";
import { formatInteger, formatNumber } from "../../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../../_ui/format/shorten.ts";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../../_ui/query-panel.tsx";
import { SearchField } from "../../../../../../_ui/search-field.tsx";
import { Segmented } from "../../../../../../_ui/segmented.tsx";
import type { Column } from "../../../../../../_ui/table/columns.ts";
import { DataTable } from "../../../../../../_ui/table/data-table.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { cidHref } from "../../../parts/cid-href.ts";
import { KnownLetters } from "../../../parts/known-letters.tsx";
import { bucketParsers } from "../search-params.ts";

type ObjectsPanelProps = { network: NetworkName; bucket: string };

const tableHeight = 520;

/** Every object of the bucket that the console knows of, by when it first heard of it. */
export function ObjectsPanel({ network, bucket }: ObjectsPanelProps) {
  const trpc = useTRPC();
  const [{ order, known, q }, setParams] = useQueryStates(bucketParsers, { history: "replace" });
  const text = q.trim();
  const filter = { ...(known !== null && { known }), ...(text !== "" && { text }) };
  const query = useInfiniteQuery(
    trpc.inventory.objects.infiniteQueryOptions(
      { network, bucket, sort: order, ...filter },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const columns = useMemo(() => buildObjectColumns(network, bucket), [network, bucket]);
  const state = queryState(query, "the objects", () =>
    rows.length > 0
      ? null
      : {
          title: "No object is known",
          children:
            "None fits the filter, or no record of activity, CNS name or DAG link names one in this bucket.",
        },
  );
  return (
    <Panel
      title="Objects"
      sub="as known, whole list below"
      isFlush
      actions={
        <>
          <SearchField
            label="Start of a CID"
            value={q}
            onChange={(text) => void setParams({ q: text })}
            width={150}
          />
          <Segmented
            label="order"
            value={order}
            options={[
              { value: "newest", label: "New" },
              { value: "oldest", label: "Old" },
            ]}
            onChange={(next) => void setParams({ order: next })}
          />
          <ExportMenu
            source="bucket-objects"
            query={{ network, bucket, sort: order, ...filter }}
            count={null}
            shown={rows}
          />
        </>
      }
    >
      <div className="flex flex-col" style={{ height: tableHeight }}>
        <DataTable
          label="Objects"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.cid}
          rowLabel={(row) => row.cid}
          rowHeight={26}
          state={state}
          onNearEnd={() => {
            if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
          }}
          footer={
            <span className="dim">
              {formatNumber(rows.length)} loaded{query.hasNextPage ? ", more as you scroll" : ", that is all"}
            </span>
          }
        />
      </div>
    </Panel>
  );
}

function buildObjectColumns(network: NetworkName, bucket: string): Column<ObjectRow>[] {
  return [
    {
      id: "cid",
      title: "CID",
      width: 150,
      grows: true,
      isFixed: true,
      cell: (row) => (
        <Link
          className="mono"
          href={cidHref(network, row.cid, bucket)}
          prefetch={false}
          data-tip={row.cid}
          data-tip-mono=""
        >
          {shorten(row.cid, 11, 5)}
        </Link>
      ),
    },
    {
      id: "kind",
      title: "Kind",
      width: 72,
      cell: (row) => <span className="sec">{kindWords[row.kind]}</span>,
    },
    {
      id: "size",
      title: "Size",
      description: "As its put or a link said",
      width: 80,
      isNumber: true,
      cell: (row) => (row.sizeBytes === null ? <NoReading /> : formatBytes(row.sizeBytes)),
    },
    { id: "known", title: "Known by", width: 72, cell: (row) => <KnownLetters known={row.known} /> },
    { id: "reads", title: "GETs", width: 72, isNumber: true, cell: (row) => formatInteger(row.reads) },
    { id: "writes", title: "PUTs", width: 60, isNumber: true, cell: (row) => formatInteger(row.writes) },
    {
      id: "refused",
      title: "No",
      description: "Answered NOT_FOUND, ended ABORTED, or failed",
      width: 56,
      isNumber: true,
      cell: (row) => formatInteger(BigInt(row.notFound) + BigInt(row.aborted) + BigInt(row.failures)),
    },
    {
      id: "lastRead",
      title: "Last read",
      width: 84,
      isNumber: true,
      cell: (row) =>
        row.lastRead === null ? <span className="dim">never</span> : <Time at={row.lastRead} isQuiet />,
    },
    {
      id: "firstSeen",
      title: "First seen",
      width: 84,
      isNumber: true,
      cell: (row) => <Time at={row.firstSeen} isQuiet />,
    },
  ];
}

export const kindWords: Record<ObjectRow["kind"], string> = {
  "dag-node": "dag-node",
  "raw-piece": "raw",
  "multipart-piece": "multipart",
};
