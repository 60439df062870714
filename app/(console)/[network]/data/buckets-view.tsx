"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { BucketPage } from "../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../_client/trpc.tsx";
import { registrySql } from "../../../_shell/copy/registry-sql.ts";
import { ExportMenu } from "../../../_shell/jobs/export-menu.tsx";
import { Banner } from "../../../_ui/banner.tsx";
import { Button } from "../../../_ui/button.tsx";
import type { EmptyStateProps } from "../../../_ui/empty-state.tsx";
import { formatBytes } from "../../../_ui/format/bytes.ts";
import { formatInteger, formatNumber } from "../../../_ui/format/number.ts";
import { LinkButton } from "../../../_ui/link-button.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { queryState } from "../../../_ui/query-panel.tsx";
import { DataTable } from "../../../_ui/table/data-table.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { RefreshFailed } from "../nodes/parts/refresh-failed.tsx";
import { useIsPhone } from "../nodes/parts/use-is-phone.ts";
import { BucketCards } from "./parts/bucket-cards.tsx";
import { buildBucketColumns } from "./parts/bucket-columns.tsx";
import { BucketPeek } from "./parts/bucket-peek.tsx";
import { BucketsFilter } from "./parts/buckets-filter.tsx";
import { bucketsParsers, noBucketFilter, toBucketsInput } from "./search-params.ts";

/** Every bucket that the chain or activity names. */
export function BucketsView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(bucketsParsers, { history: "push" });
  useLiveInvalidation(network);
  const input = toBucketsInput(network, params);
  const query = useInfiniteQuery(
    trpc.inventory.buckets.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    }),
  );
  const columns = useMemo(() => buildBucketColumns(network), [network]);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const newest = query.data?.pages.at(-1);
  const summary = query.data?.pages[0]?.summary ?? null;
  const isPhone = useIsPhone();
  const clear = () => void setParams(noBucketFilter);
  const state = queryState(query, "the buckets", ({ pages }) =>
    pages[0] ? emptyBuckets(pages[0], { network, clear }) : null,
  );
  const peeked = rows.findIndex(({ bucket }) => bucket === params.peek);
  const peekedRow = rows[peeked];
  const peekAt = (index: number) => {
    const peek = rows[index]?.bucket;
    return peek === undefined ? undefined : () => void setParams({ peek }, { history: "replace" });
  };
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <div className="page-fill">
      <PageHead
        title="Buckets"
        what={<WhatBucketsAre />}
        meta={
          summary &&
          `${formatNumber(summary.matching)} match, ${formatNumber(summary.active24h)} active in 24 h`
        }
        actions={
          <>
            <LinkButton href={`/${network}/data/verification`}>Verification</LinkButton>
            <ExportMenu
              source="buckets"
              query={queryOf(input)}
              count={summary && { rows: summary.matching, isEstimate: false }}
              shown={rows}
              sql={registrySql("buckets", network, {
                owner_id_id: params.owner,
                cluster_id_id: params.cluster,
                is_public: params.reads && params.reads === "public",
                is_removed: input.isRemoved,
              })}
            />
          </>
        }
      />
      <BucketsFilter
        network={network}
        filter={params}
        clusters={summary?.clusters ?? []}
        onChange={(change) => void setParams(change, { history: "q" in change ? "replace" : "push" })}
      />
      <RefreshFailed query={query} />
      {newest && newest.registryGap !== null && (
        <Banner tone="warn" title="The chain's registry is not up to date here.">
          {newest.registryGap} Buckets that only activity names are shown as not registered.
        </Banner>
      )}
      <div className="relative flex min-h-0 flex-1 flex-col">
        {isPhone === true ? (
          <Panel title="Buckets" state={state} isFlush>
            <BucketCards network={network} rows={rows} />
            {query.hasNextPage && (
              <div className="p-4">
                <Button onClick={more} isBusy={query.isFetchingNextPage}>
                  Show more
                </Button>
              </div>
            )}
          </Panel>
        ) : (
          <DataTable
            label="Buckets"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.bucket}
            rowLabel={(row) => `bucket ${row.bucket}`}
            sort={params.sort}
            onSort={(sort) => void setParams({ sort: sort.length > 0 ? sort.slice(-1) : null })}
            peeked={params.peek}
            onPeek={(peek) => void setParams({ peek })}
            state={state}
            onNearEnd={more}
            footer={summary && <Totals summary={summary} shown={rows.length} />}
          />
        )}
      </div>
      {peekedRow && (
        <BucketPeek
          network={network}
          row={peekedRow}
          onClose={() => void setParams({ peek: null })}
          onPrevious={peekAt(peeked - 1)}
          onNext={peekAt(peeked + 1)}
        />
      )}
    </div>
  );
}

type TotalsProps = { summary: NonNullable<BucketPage["summary"]>; shown: number };

function Totals({ summary, shown }: TotalsProps) {
  return (
    <>
      <span>
        {formatNumber(shown)} of {formatNumber(summary.matching)} shown
      </span>
      <span>
        All: <b>{formatInteger(summary.requests24h)}</b> requests, <b>{formatBytes(summary.readBytes24h)}</b>{" "}
        read, <b>{formatBytes(summary.writtenBytes24h)}</b> written in 24 h
      </span>
    </>
  );
}

function queryOf(input: ReturnType<typeof toBucketsInput>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, value === null ? "any" : String(value)]),
  );
}

function emptyBuckets(
  page: BucketPage,
  { network, clear }: { network: NetworkName; clear: () => void },
): EmptyStateProps | null {
  if (page.rows.length > 0) return null;
  return {
    title: "No bucket matches",
    children: `Searched: the buckets of ${network} that the chain's registry or activity names.`,
    actions: (
      <Button size="small" onClick={clear}>
        Clear the filter
      </Button>
    ),
  };
}

function WhatBucketsAre() {
  return (
    <WhatIsThis title="A bucket">
      <p>
        A place in a cluster that an account owns and pays for. The chain knows its number, owner, cluster and
        whether everybody may read; not its name, size or contents.
      </p>
      <p>
        No node lists what a bucket holds. Objects are counted here once a record of activity, a CNS name or a
        link of a DAG node names them, so more may be there, unseen.
      </p>
    </WhatIsThis>
  );
}
