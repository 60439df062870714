"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Upload from "lucide-react/icons/upload";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useTRPC } from "../../_client/trpc.tsx";
import { ExportMenu } from "../../_shell/jobs/export-menu.tsx";
import { Button } from "../../_ui/button.tsx";
import type { EmptyStateProps } from "../../_ui/empty-state.tsx";
import { formatNumber } from "../../_ui/format/number.ts";
import { LinkButton } from "../../_ui/link-button.tsx";
import { PageHead } from "../../_ui/page-head.tsx";
import { Panel } from "../../_ui/panel.tsx";
import { queryState } from "../../_ui/query-panel.tsx";
import { DataTable } from "../../_ui/table/data-table.tsx";
import { WhatIsThis } from "../../_ui/what-is-this.tsx";
import { RefreshFailed } from "../[network]/nodes/parts/refresh-failed.tsx";
import { useIsPhone } from "../[network]/nodes/parts/use-is-phone.ts";
import { AgentCards } from "./parts/agent-cards.tsx";
import { agentColumns } from "./parts/agent-columns.tsx";
import { AgentsFilterBar } from "./parts/agents-filter-bar.tsx";
import { AgentsTotals } from "./parts/agents-totals.tsx";
import {
  type AgentsFilter,
  agentsParsers,
  noAgentsFilter,
  sortDirections,
  sortOf,
  toAgentsExport,
  toAgentsInput,
} from "./search-params.ts";

/** Every agent of the registry, live, with what it runs in each environment. */
export function AgentsView() {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(agentsParsers, { history: "push" });
  const totals = useQuery(trpc.agents.totals.queryOptions());
  const query = useInfiniteQuery(
    trpc.agents.list.infiniteQueryOptions(toAgentsInput(params), {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
    }),
  );
  const isPhone = useIsPhone();
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const state = queryState(query, "the agents", () =>
    rows.length > 0 ? null : emptyAgents(params, () => void setParams(noAgentsFilter)),
  );
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  const shown = `${formatNumber(rows.length)} shown${query.hasNextPage ? "" : ", that is all"}`;
  return (
    <div className="page-fill">
      <PageHead
        title="Agents"
        what={<WhatAgentsAre />}
        meta={totals.data && <AgentsTotals totals={totals.data} />}
        actions={
          <>
            <ExportMenu source="agents" query={toAgentsExport(params)} count={null} />
            <LinkButton href="/agents/freezes">Freezes</LinkButton>
            <LinkButton kind="primary" icon={Upload} href="/agents/upload">
              Upload a version
            </LinkButton>
          </>
        }
      />
      <AgentsFilterBar
        filter={params}
        onChange={(change) => void setParams(change, { history: "q" in change ? "replace" : "push" })}
      />
      <RefreshFailed query={query} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {isPhone === true ? (
          <Panel title="Agents" state={state} isFlush>
            <AgentCards rows={rows} />
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
            label="Agents"
            columns={agentColumns}
            rows={rows}
            rowKey={({ id }) => id}
            rowLabel={({ alias }) => alias}
            sort={[sortDirections[params.sort]]}
            onSort={(sort) => void setParams({ sort: sortOf(sort) })}
            state={state}
            onNearEnd={more}
            footer={rows.length > 0 && <span>{shown}</span>}
          />
        )}
      </div>
    </div>
  );
}

function emptyAgents(filter: AgentsFilter, onClear: () => void): EmptyStateProps {
  const { q, state, in: runsIn, service, archived } = filter;
  const isFiltered = q.trim() !== "" || state !== null || runsIn !== null || service !== null || archived;
  if (isFiltered)
    return {
      title: "No agent fits",
      children: "Remove a filter, or search for a part of an id or a description.",
      actions: (
        <Button size="small" onClick={onClear}>
          Clear filters
        </Button>
      ),
    };
  return {
    title: "No agent yet",
    children: "The registry fills with the first bundle that is uploaded: its code and its manifest.json.",
    actions: (
      <LinkButton size="small" href="/agents/upload">
        Upload a version
      </LinkButton>
    ),
  };
}

function WhatAgentsAre() {
  return (
    <WhatIsThis title="Agents">
      <p>
        Code that works on events of vaults. Each upload is a version, named by the CID of its files; a
        deployment SET says in each environment which version gets which events.
      </p>
      <p>Events, failures and latency are of the last whole minute in prod, as the runtimes report them.</p>
    </WhatIsThis>
  );
}
