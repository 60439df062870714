"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import ShieldCheck from "lucide-react/icons/shield-check";
import { useQueryStates } from "nuqs";
import type { AuditCount } from "../../../../server/features/audit/schema.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { ExportMenu } from "../../../_shell/jobs/export-menu.tsx";
import { presetLabel } from "../../../_shell/time-range/presets.ts";
import { useTimeRange } from "../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../_ui/button.tsx";
import { formatNumber } from "../../../_ui/format/number.ts";
import { PageHead } from "../../../_ui/page-head.tsx";
import { PagedPanel } from "../../../_ui/paged-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { AuditFilters } from "./parts/audit-filters.tsx";
import { AuditTable } from "./parts/audit-table.tsx";
import { BrokenChain } from "./parts/broken-chain.tsx";
import { ChainStrip } from "./parts/chain-strip.tsx";
import { EntryPeek } from "./parts/entry-peek.tsx";
import { useCheckChain } from "./parts/use-check-chain.ts";
import { useOpenedEntry } from "./parts/use-opened-entry.ts";
import { type AuditFilter, auditParsers, toAuditExport, toAuditInput } from "./search-params.ts";

/** Every change and every sign-in, newest first, in the page's time range, and the chain that holds them. */
export function AuditView() {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const [params, setParams] = useQueryStates(auditParsers, { history: "push" });
  const chain = useQuery(trpc.audit.chain.queryOptions());
  const pages = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(toAuditInput(params, range), {
      getNextPageParam: (page) => page.next,
    }),
  );
  const { limit: _, ...filter } = toAuditInput(params, range);
  const counted = useQuery(trpc.audit.count.queryOptions(filter));
  const entries = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const opened = entries.findIndex(({ id }) => id === params.entry);
  const entry = useOpenedEntry({ id: params.entry, network: params.net, listed: entries[opened] });
  const open = (id: string | null) => void setParams({ entry: id });
  const filterBy = (change: Partial<AuditFilter>) => void setParams({ ...change, entry: null });
  const openAt = (index: number) => {
    const id = opened < 0 ? undefined : entries[index]?.id;
    return id === undefined ? undefined : () => void setParams({ entry: id }, { history: "replace" });
  };
  return (
    <>
      <PageHead
        title="Audit log"
        what={<WhatTheAuditLogIs />}
        meta="append-only, also for the console's own database role"
        actions={
          <>
            <ExportMenu source="audit" query={toAuditExport(params, range)} count={null} shown={entries} />
            <CheckButton isChecking={chain.data?.isChecking === true} />
          </>
        }
      />
      <BrokenChain chain={chain.data} onOpen={open} />
      <ChainStrip chain={chain.data} />
      <AuditFilters filter={params} onChange={filterBy} />
      <Sheet>
        <PagedPanel
          title="Entries"
          sub={presetLabel(range) ?? "in the chosen time"}
          query={pages}
          what="the audit log"
          shown={entries.length}
          note={counted.data && ofMatching(counted.data, entries.length)}
          empty={() => nothing}
        >
          <AuditTable entries={entries} openId={params.entry} onOpen={open} onFilter={filterBy} />
        </PagedPanel>
      </Sheet>
      {entry && (
        <EntryPeek
          entry={entry}
          onFilter={filterBy}
          onClose={() => open(null)}
          onPrevious={openAt(opened - 1)}
          onNext={openAt(opened + 1)}
        />
      )}
    </>
  );
}

function CheckButton({ isChecking }: { isChecking: boolean }) {
  const check = useCheckChain();
  return (
    <Button icon={ShieldCheck} isBusy={isChecking || check.isPending} onClick={() => check.mutate()}>
      Verify now
    </Button>
  );
}

/** The list goes on while it is read, so it may have more than were counted. */
function ofMatching({ entries, isMore }: AuditCount, shown: number): string {
  return ` of ${isMore ? "more than " : ""}${formatNumber(Math.max(entries, shown))} that match`;
}

const nothing = {
  title: "Nothing happened",
  children: "No entry fits the filter in this time. Choose an earlier start, or remove a filter.",
};

function WhatTheAuditLogIs() {
  return (
    <WhatIsThis title="The audit log" doc="audit">
      <p>
        Who changed what, from where, and what was there before; every sign-in too, also a refused one. An
        entry is written together with its change: neither is kept without the other.
      </p>
      <p>
        The database refuses to change or delete entries, and each is sealed into a chain of hashes. “Verify
        now” walks along all of it; <code>npm run audit:verify</code> does the same without the console, also
        against an anchor that you kept (docs/audit.md).
      </p>
    </WhatIsThis>
  );
}
