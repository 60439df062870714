"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { ExportMenu } from "../../../../_shell/jobs/export-menu.tsx";
import { presetLabel } from "../../../../_shell/time-range/presets.ts";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { Button } from "../../../../_ui/button.tsx";
import type { EmptyStateProps } from "../../../../_ui/empty-state.tsx";
import { PagedPanel } from "../../../../_ui/paged-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { EnvironmentBar } from "../parts/environment-bar.tsx";
import { InstancesNow } from "./parts/instances-now.tsx";
import { LivePanels } from "./parts/live-panels.tsx";
import { RunPeek } from "./parts/run-peek.tsx";
import { RunTotals } from "./parts/run-totals.tsx";
import { RunsFilters } from "./parts/runs-filters.tsx";
import { RunsTable } from "./parts/runs-table.tsx";
import { WhatRunsAre } from "./parts/what-runs-are.tsx";
import { noRunsFilter, type RunsChange, runsParsers, toRunsExport, toRunsInput } from "./search-params.ts";

const perPage = 100;

/** What an agent did in an environment in the page's time, what was live then, and who runs it now. */
export function RunsView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const { range } = useTimeRange();
  const [params, setParams] = useQueryStates(runsParsers, { history: "push" });
  const input = toRunsInput(agentId, params, range);
  const pages = useInfiniteQuery(
    trpc.runs.list.infiniteQueryOptions(
      { ...input, limit: perPage },
      { getNextPageParam: ({ next }) => next, placeholderData: keepPreviousData },
    ),
  );
  const totals = useQuery(trpc.runs.totals.queryOptions(input));
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const change = (next: RunsChange) => void setParams({ ...next, run: null });
  const opened = rows.findIndex(({ id }) => id === params.run);
  const openAt = (index: number) => {
    const row = rows[index];
    return row && opened >= 0 ? () => void setParams({ run: row.id }, { history: "replace" }) : undefined;
  };
  return (
    <>
      <EnvironmentBar
        environment={params.env}
        onChange={(env) => change({ env, instance: null })}
        end={
          <>
            <WhatRunsAre />
            <ExportMenu source="agent-runs" query={toRunsExport(input)} count={null} shown={rows} />
          </>
        }
      >
        {totals.data && <RunTotals totals={totals.data} />}
      </EnvironmentBar>
      <RunsFilters agentId={agentId} filter={params} onChange={change} />
      <LivePanels agentId={agentId} at={params.at} onAt={(at) => void setParams({ at })} />
      <Sheet>
        <PagedPanel
          title={`Runs in ${params.env}`}
          sub={`${presetLabel(range) ?? "in the chosen time"}; every failed one, of the others a sample`}
          query={pages}
          what="the runs"
          shown={rows.length}
          empty={() => nothing(() => change(noRunsFilter))}
        >
          <RunsTable
            rows={rows}
            openId={params.run}
            onOpen={(run) => void setParams({ run })}
            onFilter={change}
          />
        </PagedPanel>
      </Sheet>
      <Sheet>
        <InstancesNow
          agentId={agentId}
          onPick={({ environment, instance }) => change({ env: environment, instance })}
        />
      </Sheet>
      {params.run && (
        <RunPeek
          key={params.run}
          agentId={agentId}
          id={params.run}
          onFilter={change}
          onClose={() => void setParams({ run: null })}
          onPrevious={openAt(opened - 1)}
          onNext={openAt(opened + 1)}
        />
      )}
    </>
  );
}

function nothing(onClear: () => void): EmptyStateProps {
  return {
    title: "No run in this time",
    children:
      "Jobs appear here when a runtime says that they ended. Choose an earlier start, or remove a filter.",
    actions: (
      <Button size="small" onClick={onClear}>
        Clear filters
      </Button>
    ),
  };
}
