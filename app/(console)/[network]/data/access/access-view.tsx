"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { accessTabs } from "../../../../../server/features/access/access-rules.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { PagedPanel } from "../../../../_ui/paged-panel.tsx";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { AccessActions } from "./parts/access-actions.tsx";
import { AccessFilters } from "./parts/access-filters.tsx";
import { describeSearch } from "./parts/describe-search.tsx";
import { PatternPanels } from "./parts/pattern-panels.tsx";
import { RecordPeek } from "./parts/record-peek.tsx";
import { RecordTable, recordId } from "./parts/record-table.tsx";
import { RhythmPanel } from "./parts/rhythm-panel.tsx";
import { type AccessChange, accessParsers, noFilter, toAccessInput } from "./search-params.ts";

const tabWords = {
  all: "All",
  refused: "Aborted",
  "after-end": "After a grant ended",
  writes: "Writes",
} as const;

/** Who read or wrote what in the page's time range, and what stands out of it. */
export function AccessView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const [params, setParams] = useQueryStates(accessParsers, { history: "push" });
  const input = toAccessInput(network, params, range);
  const pages = useInfiniteQuery(
    trpc.access.list.infiniteQueryOptions(input, { getNextPageParam: ({ next }) => next }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const last = pages.data?.pages.at(-1);
  const change = (next: AccessChange) => void setParams({ ...next, record: null });
  const opened = rows.findIndex((row) => recordId(row) === params.record);
  const record = rows[opened];
  const openAt = (index: number) => {
    const row = rows[index];
    return row && (() => void setParams({ record: recordId(row) }, { history: "replace" }));
  };
  const searched = last && { ...last.searched, to: pages.data?.pages[0]?.searched.to ?? last.searched.to };
  const more = {
    label: last?.searched.isComplete === false ? "Search further back" : "Show more",
    onMore: () => void pages.fetchNextPage(),
    isBusy: pages.isFetchingNextPage,
  };
  return (
    <>
      <PageHead
        title="Access audit"
        what={<WhatTheAuditIs />}
        actions={<AccessActions network={network} input={input} shown={rows} />}
      />
      <AccessFilters params={params} onChange={change} />
      <Sheet columns="2fr 1fr">
        <PatternPanels input={input} onChange={change} />
        <RhythmPanel network={network} bucket={params.bucket} node={params.node} />
      </Sheet>
      <Sheet>
        <PagedPanel
          title="Records"
          sub="newest first"
          actions={
            <Segmented
              label="Part of the records"
              value={params.tab}
              options={accessTabs.map((value) => ({ value, label: tabWords[value] }))}
              onChange={(tab) => change({ tab })}
            />
          }
          query={pages}
          what="the records"
          shown={rows.length}
          note={
            searched &&
            `, of ${formatNumber(Number(searched.records))} records searched back to ${searched.from.slice(0, 19).replace("T", " ")} UTC`
          }
          moreLabel={more.label}
          empty={() =>
            searched
              ? describeSearch(searched, { onClear: () => change(noFilter), ...(pages.hasNextPage && more) })
              : null
          }
        >
          <RecordTable
            network={network}
            rows={rows}
            openId={params.record}
            onOpen={(id) => void setParams({ record: id })}
            onFilter={change}
          />
        </PagedPanel>
      </Sheet>
      {record && (
        <RecordPeek
          network={network}
          record={record}
          onClose={() => void setParams({ record: null })}
          onPrevious={openAt(opened - 1)}
          onNext={openAt(opened + 1)}
        />
      )}
    </>
  );
}

function WhatTheAuditIs() {
  return (
    <WhatIsThis title="Access audit">
      <p>
        One line a request that a storage node reported: who, what, from which node, how much. DDC has no
        status for "refused", so the answer is our reading of status, token and time together; where they do
        not tell, it says "unclear".
      </p>
      <p>Signatures of a record can be checked here, in your browser.</p>
    </WhatIsThis>
  );
}
