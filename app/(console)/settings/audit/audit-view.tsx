"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useTRPC } from "../../../_client/trpc.tsx";
import { presetLabel } from "../../../_shell/time-range/presets.ts";
import { useTimeRange } from "../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../_ui/button.tsx";
import { formatNumber } from "../../../_ui/format/number.ts";
import { PageHead } from "../../../_ui/page-head.tsx";
import { Panel } from "../../../_ui/panel.tsx";
import { queryState } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { AuditFilters } from "./parts/audit-filters.tsx";
import { AuditTable } from "./parts/audit-table.tsx";
import { EntryPeek } from "./parts/entry-peek.tsx";
import { auditParsers, toAuditInput } from "./search-params.ts";

/** Every change and every sign-in, newest first, in the page's time range. */
export function AuditView() {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const [params, setParams] = useQueryStates(auditParsers, { history: "push" });
  const pages = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(toAuditInput(params, range), {
      getNextPageParam: (page) => page.next,
    }),
  );
  const entries = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const opened = entries.findIndex(({ id }) => id === params.entry);
  const entry = entries[opened];
  const openAt = (index: number) => {
    const id = entries[index]?.id;
    return id === undefined ? undefined : () => void setParams({ entry: id }, { history: "replace" });
  };
  return (
    <>
      <PageHead
        title="Audit log"
        what={<WhatTheAuditLogIs />}
        meta="append-only, also for the console's own database role"
      />
      <AuditFilters filter={params} onChange={(change) => void setParams({ ...change, entry: null })} />
      <Sheet>
        <Panel
          title="Entries"
          sub={presetLabel(range) ?? "in the chosen time"}
          isFlush
          age={pages.data && { at: pages.dataUpdatedAt }}
          state={queryState(pages, "the audit log", () => (entries.length > 0 ? null : nothing))}
        >
          <AuditTable
            entries={entries}
            openId={params.entry}
            onOpen={(id) => void setParams({ entry: id })}
            onFilter={(change) => void setParams({ ...change, entry: null })}
          />
          <div className="flex items-center gap-3 px-4 py-2 text-12">
            <span className="dim">
              {formatNumber(entries.length)} shown{pages.hasNextPage ? "" : ", that is all"}
            </span>
            {pages.hasNextPage && (
              <Button
                size="small"
                onClick={() => void pages.fetchNextPage()}
                isBusy={pages.isFetchingNextPage}
              >
                Show more
              </Button>
            )}
          </div>
        </Panel>
      </Sheet>
      {entry && (
        <EntryPeek
          entry={entry}
          onClose={() => void setParams({ entry: null })}
          onPrevious={openAt(opened - 1)}
          onNext={openAt(opened + 1)}
        />
      )}
    </>
  );
}

const nothing = {
  title: "Nothing happened",
  children: "No entry fits the filter in this time. Choose an earlier start, or remove a filter.",
};

function WhatTheAuditLogIs() {
  return (
    <WhatIsThis title="The audit log">
      <p>
        Who changed what, from where, and what was there before; every sign-in too, also a refused one. An
        entry is written together with its change: neither is kept without the other.
      </p>
      <p>The database refuses to change or delete entries. Secrets are taken out before they are written.</p>
    </WhatIsThis>
  );
}
