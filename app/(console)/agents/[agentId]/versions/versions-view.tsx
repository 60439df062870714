"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { versionStates } from "../../../../../server/features/agents/version-rules.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { VersionsTable } from "../parts/versions-table.tsx";
import { toVersionsInput, versionsParsers } from "./search-params.ts";

const all = "all";
const choices = [all, ...versionStates] as const;

/** Every version of an agent, newest first. */
export function VersionsView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(versionsParsers, { history: "push" });
  const places = useQuery(trpc.deployments.places.queryOptions({ agentId }));
  const pages = useInfiniteQuery(
    trpc.agents.versions.infiniteQueryOptions(toVersionsInput(agentId, params), {
      getNextPageParam: (page) => page.next,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Sheet>
      <Panel
        title="Versions"
        sub="newest first"
        isFlush
        age={pages.data && { at: pages.dataUpdatedAt, staleAfterMs: 90_000 }}
        state={queryState(pages, "the versions", () =>
          rows.length > 0 ? null : { title: params.state ? `No version is ${params.state}` : "No version" },
        )}
        actions={
          <Segmented
            label="State"
            value={params.state ?? all}
            options={choices.map((value) => ({ value, label: value }))}
            onChange={(value) => void setParams({ state: value === all ? null : value })}
          />
        }
      >
        <VersionsTable rows={rows} places={places.data ?? []} />
        <div className="flex items-center gap-3 px-4 py-2 text-12">
          <span className="dim">
            {formatNumber(rows.length)} shown{pages.hasNextPage ? "" : ", that is all"}
          </span>
          {pages.hasNextPage && (
            <Button size="small" onClick={() => void pages.fetchNextPage()} isBusy={pages.isFetchingNextPage}>
              Show more
            </Button>
          )}
        </div>
      </Panel>
    </Sheet>
  );
}
