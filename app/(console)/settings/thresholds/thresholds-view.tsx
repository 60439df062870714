"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { networkNames } from "../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { FilterBar } from "../../../_ui/filter-bar.tsx";
import { PageHead } from "../../../_ui/page-head.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Segmented } from "../../../_ui/segmented.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { Time } from "../../../_ui/time.tsx";
import { WhatIsThis } from "../../../_ui/what-is-this.tsx";
import { LimitsForm } from "./parts/limits-form.tsx";
import { thresholdParsers } from "./search-params.ts";

const choices = networkNames.toReversed().map((network) => ({ value: network, label: network }));

/** From when a node counts as silent, degraded or at risk, a network. */
export function ThresholdsView() {
  const trpc = useTRPC();
  const [{ network }, setParams] = useQueryStates(thresholdParsers, { history: "push" });
  const query = useQuery(trpc.nodes.limits.queryOptions({ network }));
  const { changedBy, changedAt } = query.data ?? {};
  return (
    <>
      <PageHead
        title="Thresholds"
        what={<WhatThresholdsAre />}
        meta={
          changedBy && changedAt ? (
            <span>
              changed by {changedBy}, <Time at={changedAt} />
            </span>
          ) : (
            query.data && "all as delivered"
          )
        }
      />
      <FilterBar>
        <Segmented
          label="Network"
          options={choices}
          value={network}
          onChange={(next) => void setParams({ network: next })}
        />
      </FilterBar>
      <Sheet>
        <QueryPanel title="Limits of nodes" sub={`on ${network}`} query={query} what="the limits">
          {(answer) => (
            <LimitsForm key={`${network} ${answer.changedAt}`} network={network} answer={answer} />
          )}
        </QueryPanel>
      </Sheet>
    </>
  );
}

function WhatThresholdsAre() {
  return (
    <WhatIsThis title="Thresholds" doc="thresholds">
      <p>
        A node is degraded, silent or at risk when a figure reaches its limit here. Every page judges by the
        same limits, from the next look on.
      </p>
      <p>Before you change one, the page says how many nodes would be in another state right now.</p>
    </WhatIsThis>
  );
}
