"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { PageHead } from "../../../../_ui/page-head.tsx";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../../_ui/what-is-this.tsx";
import { edgeId } from "./parts/edge-id.ts";
import { EdgePeek } from "./parts/edge-peek.tsx";
import { EdgeTable } from "./parts/edge-table.tsx";
import { GraphCanvas } from "./parts/graph-canvas.tsx";
import { LineageBar } from "./parts/lineage-bar.tsx";
import { LineageStart } from "./parts/lineage-start.tsx";
import { NodePeek } from "./parts/node-peek.tsx";
import { CausePanel, ColumnsPanel, ImpactPanel } from "./parts/reach-panels.tsx";
import { type LineageParams, lineageParsers, toGraphInput } from "./search-params.ts";

/** Where something came from and what became of it. Everything that is shown stands in the address. */
export function LineageView({ network }: { network: NetworkName }) {
  const [params, setParams] = useQueryStates(lineageParsers, { history: "push" });
  const toRoot = (root: string) => void setParams({ root, opened: null, edge: null, node: null, view: null });
  return (
    <>
      <PageHead
        title="Lineage"
        what={<WhatLineageIs />}
        meta={params.root && <span className="mono break-all text-12">{params.root}</span>}
        actions={
          params.root && (
            <Button kind="ghost" onClick={() => toRoot("")}>
              Start elsewhere
            </Button>
          )
        }
      />
      {params.root === "" ? (
        <LineageStart
          network={network}
          text={params.q}
          onText={(q) => void setParams({ q }, { history: "replace" })}
          onRoot={toRoot}
        />
      ) : (
        <LineageOf
          network={network}
          params={params}
          onChange={(change) => void setParams(change)}
          onRoot={toRoot}
        />
      )}
    </>
  );
}

type LineageOfProps = {
  network: NetworkName;
  params: LineageParams;
  onChange: (change: Partial<{ [Name in keyof LineageParams]: LineageParams[Name] | null }>) => void;
  onRoot: (root: string) => void;
};

function LineageOf({ network, params, onChange, onRoot }: LineageOfProps) {
  const trpc = useTRPC();
  const { root, asOf } = params;
  const query = useQuery(
    trpc.lineage.graph.queryOptions(toGraphInput(network, params), { placeholderData: keepPreviousData }),
  );
  const graph = query.data;
  const node = graph?.nodes.find(({ id }) => id === params.node);
  const of = { network, root, asOf, onRoot };
  return (
    <>
      <LineageBar network={network} params={params} graph={graph} onChange={onChange} />
      <Sheet>
        {params.view === "graph" && (
          <>
            <Panel
              title="Graph"
              sub={
                graph &&
                `${graph.nodes.length} things drawn${graph.isCut ? ", which is the most: more are within the depth" : ""}; +n are edges that are not drawn`
              }
              isFlush
              age={graph && { at: query.dataUpdatedAt }}
              state={queryState(query, "the graph")}
            >
              {graph && (
                <GraphCanvas
                  graph={graph}
                  edge={params.edge}
                  node={params.node}
                  onEdge={(edge) => onChange({ edge: edgeId(edge), node: null })}
                  onNode={({ id }) => onChange({ node: id, edge: null })}
                  onOpen={({ id }) => onChange({ opened: [...new Set([...params.opened, id])] })}
                />
              )}
            </Panel>
            {graph && (
              <EdgeTable
                graph={graph}
                edge={params.edge}
                onEdge={(edge) => onChange({ edge: edgeId(edge), node: null })}
              />
            )}
          </>
        )}
        {params.view === "columns" && <ColumnsPanel {...of} />}
        {params.view === "impact" && <ImpactPanel {...of} />}
        {params.view === "cause" && <CausePanel {...of} since={params.since} />}
      </Sheet>
      {params.edge && (
        <EdgePeek
          network={network}
          edge={params.edge}
          nodes={graph?.nodes ?? []}
          onClose={() => onChange({ edge: null })}
        />
      )}
      {node && (
        <NodePeek
          network={network}
          node={node}
          asOf={asOf}
          onClose={() => onChange({ node: null })}
          onRoot={onRoot}
        />
      )}
    </>
  );
}

function WhatLineageIs() {
  return (
    <WhatIsThis title="Lineage">
      <p>
        Streams and files, the runs that read them, what those wrote, and who used it. Every line says how it
        is known: proved by a hash or a signature, recorded by an event, or allocated by usage.
      </p>
      <p>"As of" shows what was so at that time, by the times that events name.</p>
    </WhatIsThis>
  );
}
