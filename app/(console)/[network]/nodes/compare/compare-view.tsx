"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../_shell/crumb-label.ts";
import { useTimeRange } from "../../../../_shell/time-range/use-time-range.ts";
import { EmptyState } from "../../../../_ui/empty-state.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { PanelSkeleton } from "../../../../_ui/panel-skeleton.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { fewestCompared, mostCompared } from "../parts/compare-link.ts";
import { CompareCharts } from "./parts/compare-charts.tsx";
import { CompareTable } from "./parts/compare-table.tsx";
import { comparedKeys, compareParsers } from "./search-params.ts";

/** Two to six nodes side by side: how they are now, and what they did in the page's time range. */
export function CompareView({ network }: { network: NetworkName }) {
  const [{ keys }] = useQueryStates(compareParsers);
  const compared = comparedKeys(keys);
  useCrumbLabel("Compare");
  return (
    <>
      <PageHead
        title="Compare nodes"
        meta={compared && <span>{compared.length} nodes</span>}
        actions={
          <Link className="btn" href={`/${network}/nodes`}>
            Choose others
          </Link>
        }
      />
      {compared ? (
        <Comparison network={network} keys={compared} />
      ) : (
        <EmptyState isPage title={`Choose ${fewestCompared} to ${mostCompared} nodes`}>
          Select rows of the list with x, then press c. The address of the comparison holds their keys.
        </EmptyState>
      )}
    </>
  );
}

function Comparison({ network, keys }: { network: NetworkName; keys: string[] }) {
  const trpc = useTRPC();
  const { range, zoomTo } = useTimeRange();
  const [{ show }, setParams] = useQueryStates(compareParsers, { history: "push" });
  const query = useQuery(
    trpc.nodes.compare.queryOptions(
      { network, keys, ...range },
      { placeholderData: keepPreviousData, meta: { isLive: range.to === "now" } },
    ),
  );
  const comparison = query.data;
  if (!comparison)
    return (
      <Panel
        title="Now"
        state={queryState(query, "the comparison")}
        skeleton={<PanelSkeleton height={560} />}
      />
    );
  const remove = (key: string) => void setParams({ keys: keys.filter((other) => other !== key) });
  return (
    <>
      <CompareTable
        network={network}
        nodes={comparison.nodes.map(({ node }) => node)}
        at={comparison.at}
        show={show}
        onShow={(next) => void setParams({ show: next }, { history: "replace" })}
        onRemove={keys.length > fewestCompared ? remove : null}
      />
      <CompareCharts comparison={comparison} onZoom={zoomTo} />
    </>
  );
}
