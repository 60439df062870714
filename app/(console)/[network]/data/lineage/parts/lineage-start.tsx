"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { SearchField } from "../../../../../_ui/search-field.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { kindWords, rootOf, subtitleOf, titleOf } from "./node-words.ts";

type LineageStartProps = {
  network: NetworkName;
  text: string;
  onText: (text: string) => void;
  onRoot: (root: string) => void;
};

/** Where to begin: something found by its name, or one of the newest runs. */
export function LineageStart({ network, text, onText, onRoot }: LineageStartProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.lineage.find.queryOptions({ network, text }, { placeholderData: keepPreviousData }),
  );
  return (
    <>
      <FilterBar>
        <SearchField label="Name of a dataset, stream, job, CID" value={text} onChange={onText} width={320} />
      </FilterBar>
      <Sheet>
        <QueryPanel
          title={text === "" ? "Newest runs" : "Found"}
          sub={text === "" ? "choose where the graph begins" : "names that begin with it"}
          isFlush
          query={query}
          what="where to begin"
          emptyWhen={({ rows, isEmpty }) =>
            rows.length > 0
              ? null
              : isEmpty
                ? nothingYet
                : {
                    title: `Nothing is called ${text}…`,
                    children: "The name without its namespace is searched, from its beginning.",
                  }
          }
        >
          {({ rows }) => (
            <SmallTable
              label="Where to begin"
              rows={rows}
              rowKey={rootOf}
              rowTone={({ run }) => (run?.state === "failed" ? "bad" : null)}
              columns={[
                {
                  id: "name",
                  title: "Name",
                  cell: (row) => (
                    <button
                      type="button"
                      className="lk"
                      onClick={() => onRoot(rootOf(row))}
                      data-tip={row.key}
                    >
                      {titleOf(row)}
                    </button>
                  ),
                },
                { id: "kind", title: "Kind", width: 120, cell: ({ kind }) => kindWords[kind] },
                {
                  id: "about",
                  title: "About",
                  cell: (row) => <span className="sec">{subtitleOf(row)}</span>,
                },
                {
                  id: "at",
                  title: "Since",
                  width: 190,
                  cell: ({ firstAt }) => <Time at={firstAt} form="instant" isQuiet />,
                },
              ]}
            />
          )}
        </QueryPanel>
      </Sheet>
    </>
  );
}

const nothingYet = {
  title: "No lineage on this network yet",
  children:
    "OpenLineage events fill it: from Kafka (openlineage.events) or by POST /api/v1/lineage with a token of scope lineage:write.",
};
