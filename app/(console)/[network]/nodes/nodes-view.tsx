"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { Button } from "../../../_ui/button.tsx";
import { formatNumber } from "../../../_ui/format/number.ts";
import { usePaused } from "../../../_ui/paused.tsx";
import { queryState } from "../../../_ui/query-panel.tsx";
import { visibleColumns } from "../../../_ui/table/columns.ts";
import type { Selection } from "../../../_ui/table/selection.ts";
import { emptyNodes } from "./parts/empty-nodes.tsx";
import { noFilter } from "./parts/filter-fields.ts";
import { NewsPill } from "./parts/news-pill.tsx";
import { buildNodeColumns } from "./parts/node-columns.tsx";
import { NodePeek } from "./parts/node-peek.tsx";
import { NodesBulkBar } from "./parts/nodes-bulk-bar.tsx";
import { NodesFilter } from "./parts/nodes-filter.tsx";
import { NodesHead } from "./parts/nodes-head.tsx";
import { NodesRows } from "./parts/nodes-rows.tsx";
import { RefreshFailed } from "./parts/refresh-failed.tsx";
import { StalledBanner } from "./parts/stalled-banner.tsx";
import { useLiveNodes } from "./parts/use-live-nodes.ts";
import { useShownRows } from "./parts/use-shown-rows.ts";
import { moreRows, nodesParsers, toListInput } from "./search-params.ts";

const nobody: Selection = new Set();

/** All nodes of a network, live. What is shown and how is in the address; only the selection is not. */
export function NodesView({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(nodesParsers, { history: "push" });
  const [selected, setSelected] = useState(nobody);
  const [isReading, setReading] = useState(false);
  const input = toListInput(network, params);
  const query = useQuery(
    // Rows are kept the same where points are laid in; comparing a thousand of them field by field costs a frame.
    trpc.nodes.list.queryOptions(input, { placeholderData: keepPreviousData, structuralSharing: false }),
  );
  useLiveNodes(network, input);
  const isPaused = usePaused();
  const page = query.data;
  const question = JSON.stringify(query.isPlaceholderData ? null : input);
  const { rows, news, showNews } = useShownRows(page, { question, isPaused, isReading });

  const limits = page?.limits ?? null;
  const columns = useMemo(() => buildNodeColumns(network, limits), [network, limits]);
  const shown = useMemo(() => visibleColumns(columns, params.cols), [columns, params.cols]);
  const peeked = rows.findIndex((row) => row.key === params.peek);
  const peekedRow = rows[peeked];
  const peekAt = (index: number) => {
    const key = rows[index]?.key;
    return key === undefined ? undefined : () => void setParams({ peek: key }, { history: "replace" });
  };
  const clear = () => void setParams(noFilter);
  const chosenNodes = rows.filter((row) => selected.has(row.key));
  return (
    <div className="page-fill">
      <NodesHead
        network={network}
        page={page}
        input={input}
        columns={columns}
        chosen={params.cols}
        onChoose={(cols) => void setParams({ cols }, { history: "replace" })}
        isCompact={params.rows === "compact"}
        onCompact={(isCompact) =>
          void setParams({ rows: isCompact ? "compact" : null }, { history: "replace" })
        }
      />
      <NodesFilter
        params={params}
        page={page}
        onChange={(change) => void setParams(change, { history: "q" in change ? "replace" : "push" })}
        end={
          page && (
            <span className="dim text-12">
              {formatNumber(page.matching)} of {formatNumber(page.total)}
            </span>
          )
        }
      />
      <RefreshFailed query={query} />
      <StalledBanner stalled={page?.stalled} />
      {chosenNodes.length > 0 && (
        <NodesBulkBar network={network} nodes={chosenNodes} onClear={() => setSelected(nobody)} />
      )}
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewsPill news={news} onShow={showNews} />
        <NodesRows
          network={network}
          limits={limits}
          columns={shown}
          rows={rows}
          state={queryState(query, "the nodes", (data) => emptyNodes(data, { network, onClear: clear }))}
          sort={params.sort}
          onSort={(sort) => void setParams({ sort: sort.length > 0 ? sort : null })}
          widths={params.widths}
          onWidths={(widths) => void setParams({ widths }, { history: "replace" })}
          isCompact={params.rows === "compact"}
          selected={selected}
          onSelected={setSelected}
          peeked={params.peek}
          onPeek={(peek) => void setParams({ peek })}
          onReading={setReading}
          footer={
            page?.next && (
              <>
                {formatNumber(rows.length)} of {formatNumber(page.matching)} shown
                <Button size="small" onClick={() => void setParams({ max: moreRows(params.max) })}>
                  Show more
                </Button>
              </>
            )
          }
        />
      </div>
      {peekedRow && limits && (
        <NodePeek
          network={network}
          row={peekedRow}
          limits={limits}
          onClose={() => void setParams({ peek: null })}
          onPrevious={peekAt(peeked - 1)}
          onNext={peekAt(peeked + 1)}
        />
      )}
    </div>
  );
}
