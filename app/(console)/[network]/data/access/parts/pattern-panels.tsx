"use client";

import { useQuery } from "@tanstack/react-query";
import type { Patterns } from "../../../../../../server/features/access/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import type { AccessChange, AccessInput } from "../search-params.ts";

type PatternPanelsProps = { input: AccessInput; onChange: (change: AccessChange) => void };

/** Who reads most and who is new; refusals in bursts and grants that were used after their end. */
export function PatternPanels({ input, onChange }: PatternPanelsProps) {
  const trpc = useTRPC();
  const { tab: _, ...filter } = input;
  const query = useQuery(trpc.access.patterns.queryOptions(filter));
  return (
    <div>
      <QueryPanel
        title="Top accounts"
        sub={query.data && sampleWords(query.data)}
        isFlush
        query={query}
        what="the accounts"
        emptyWhen={({ readers }) => (readers.length > 0 ? null : { title: "No account in this filter" })}
      >
        {({ readers }) => <Readers readers={readers} onChange={onChange} />}
      </QueryPanel>
      <QueryPanel
        title="Odd"
        sub="5 or more ABORTED within 10 minutes, and use of a token after its end"
        isFlush
        query={query}
        what="what is odd"
        emptyWhen={({ bursts, afterEnd }) =>
          bursts.length + afterEnd.length > 0 ? null : { title: "Nothing odd in this time" }
        }
      >
        {(patterns) => <Oddities patterns={patterns} onChange={onChange} />}
      </QueryPanel>
    </div>
  );
}

function sampleWords({ sample, accounts }: Patterns): string {
  const of = sample.isAll
    ? `all ${formatNumber(sample.records)} records`
    : `the newest ${formatNumber(sample.records)} records`;
  return `${formatNumber(accounts)} accounts in ${of}${sample.isAll || !sample.since ? "" : `, since ${sample.since.slice(11, 19)} UTC`}`;
}

function Readers({
  readers,
  onChange,
}: {
  readers: Patterns["readers"];
  onChange: PatternPanelsProps["onChange"];
}) {
  return (
    <SmallTable
      label="Top accounts"
      isCompact
      rows={readers}
      rowKey={({ account }) => account}
      columns={[
        {
          id: "account",
          title: "Account",
          cell: ({ account }) => <AccountButton account={account} onChange={onChange} />,
        },
        { id: "requests", title: "Requests", isNumber: true, cell: ({ requests }) => formatNumber(requests) },
        { id: "reads", title: "Reads", isNumber: true, cell: ({ reads }) => formatNumber(reads) },
        { id: "bytes", title: "Bytes", isNumber: true, cell: ({ bytes }) => formatBytes(Number(bytes)) },
        { id: "refused", title: "Aborted", isNumber: true, cell: ({ refused }) => formatNumber(refused) },
        {
          id: "new",
          title: "First seen",
          cell: ({ isNew, firstAt }) =>
            isNew ? (
              <span className="t-warn">
                new, <Time at={firstAt} form="clock" isQuiet />
              </span>
            ) : (
              <span className="dim">{isNew === null ? "no earlier records" : "before"}</span>
            ),
        },
      ]}
    />
  );
}

type Oddity = {
  id: string;
  account: string | null;
  bucket: string;
  what: string;
  from: string;
  count: number;
  change: AccessChange;
};

function Oddities({ patterns, onChange }: { patterns: Patterns; onChange: PatternPanelsProps["onChange"] }) {
  const rows: Oddity[] = [
    ...patterns.afterEnd.map(({ account, bucket, requests, allowed, endedAt, lastAt }) => ({
      id: `end ${account} ${bucket} ${endedAt}`,
      account,
      bucket,
      what: `token ended ${endedAt.slice(11, 19)} UTC; ${formatNumber(allowed)} still answered`,
      from: lastAt,
      count: requests,
      change: { account, bucket, tab: "after-end" as const },
    })),
    ...patterns.bursts.map(({ account, bucket, refused, from, to }) => ({
      id: `burst ${account} ${bucket} ${from}`,
      account,
      bucket,
      what: "burst of ABORTED",
      from: to,
      count: refused,
      change: { account, bucket, tab: "refused" as const },
    })),
  ];
  return (
    <SmallTable
      label="What is odd"
      isCompact
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          id: "account",
          title: "Account",
          cell: ({ account }) =>
            account ? (
              <AccountButton account={account} onChange={onChange} />
            ) : (
              <span className="na">not signed</span>
            ),
        },
        { id: "bucket", title: "Bucket", cell: ({ bucket }) => bucket },
        {
          id: "what",
          title: "What",
          cell: ({ what, change }) => (
            <button type="button" className="lk" onClick={() => onChange(change)}>
              {what}
            </button>
          ),
        },
        { id: "count", title: "Requests", isNumber: true, cell: ({ count }) => formatNumber(count) },
        { id: "last", title: "Last", cell: ({ from }) => <Time at={from} isQuiet /> },
      ]}
    />
  );
}

function AccountButton({ account, onChange }: { account: string; onChange: PatternPanelsProps["onChange"] }) {
  return (
    <button type="button" className="mono" onClick={() => onChange({ account })} data-tip={account}>
      {shorten(account, 7, 5)}
    </button>
  );
}
