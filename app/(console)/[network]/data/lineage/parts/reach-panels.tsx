"use client";

import { useQuery } from "@tanstack/react-query";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { QueryPanel } from "../../../../../_ui/query-panel.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { kindWords, rootOf, titleOf } from "./node-words.ts";

type ReachProps = { network: NetworkName; root: string; asOf: string; onRoot: (root: string) => void };

/** Everything downstream, nearest first. */
export function ImpactPanel({ network, root, asOf, onRoot }: ReachProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.lineage.impact.queryOptions({ network, root, ...(asOf !== "" && { asOf }) }));
  return (
    <QueryPanel
      title="What depends on it"
      sub="up to ten steps downstream"
      isFlush
      query={query}
      what="what depends on it"
      emptyWhen={({ nodes }) =>
        nodes.length > 0
          ? null
          : {
              title: "Nothing depends on it",
              children: "No run, content or account downstream is known at this time.",
            }
      }
    >
      {({ counts, nodes, isCut }) => (
        <>
          <p className="px-4 py-2 text-12">
            {counts
              .map(({ kind, nodes: count }) => `${count} ${kindWords[kind]}${count === 1 ? "" : "s"}`)
              .join(", ")}
            {isCut && <span className="t-warn">, at least: the search ended at 2,000 things</span>}
          </p>
          <SmallTable
            label="What depends on it"
            rows={nodes}
            rowKey={({ id }) => id}
            columns={[
              { id: "hop", title: "Steps", isNumber: true, width: 70, cell: ({ hop }) => hop },
              { id: "kind", title: "Kind", width: 130, cell: ({ kind }) => kindWords[kind] },
              {
                id: "name",
                title: "Name",
                cell: (node) => (
                  <button
                    type="button"
                    className="lk"
                    onClick={() => onRoot(rootOf(node))}
                    data-tip={node.key}
                  >
                    {titleOf(node)}
                  </button>
                ),
              },
            ]}
          />
        </>
      )}
    </QueryPanel>
  );
}

const whatWords = { appeared: "appeared", failed: "failed", ended: "ended", facet: "changed" } as const;
export const sinceChoices = [
  { value: "now-1h", label: "1 hour" },
  { value: "now-24h", label: "24 hours" },
  { value: "now-7d", label: "7 days" },
  { value: "now-30d", label: "30 days" },
] as const;

/** What changed upstream, newest first. */
export function CausePanel({ network, root, asOf, since, onRoot }: ReachProps & { since: string }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.lineage.cause.queryOptions({ network, root, since, ...(asOf !== "" && { asOf }) }),
  );
  return (
    <QueryPanel
      title="What changed upstream"
      sub="runs that ended, things that appeared, facets that differ from before"
      isFlush
      query={query}
      what="what changed upstream"
      emptyWhen={({ changes, searched, since: from }) =>
        changes.length > 0
          ? null
          : {
              title: "Nothing changed upstream",
              children: `${searched} things upstream were looked at, since ${from}.`,
            }
      }
    >
      {({ changes, searched, isCut }) => (
        <>
          <p className="px-4 py-2 text-12 dim">
            {searched} things upstream were looked at{isCut ? "; there is more than is listed" : ""}
          </p>
          <SmallTable
            label="What changed upstream"
            rows={changes}
            rowKey={({ at, what, key, detail }) => `${at} ${what} ${key} ${detail}`}
            rowTone={({ what }) => (what === "failed" ? "bad" : null)}
            columns={[
              {
                id: "at",
                title: "When",
                width: 190,
                cell: ({ at }) => <Time at={at} form="instant" isQuiet />,
              },
              {
                id: "name",
                title: "What",
                cell: (change) => (
                  <button
                    type="button"
                    className="lk"
                    onClick={() => onRoot(rootOf(change))}
                    data-tip={change.key}
                  >
                    {titleOf(change)}
                  </button>
                ),
              },
              { id: "kind", title: "Kind", width: 120, cell: ({ kind }) => kindWords[kind] },
              { id: "what", title: "Change", cell: ({ what, detail }) => `${whatWords[what]}: ${detail}` },
              { id: "hop", title: "Steps", isNumber: true, width: 70, cell: ({ hop }) => hop },
            ]}
          />
        </>
      )}
    </QueryPanel>
  );
}

/** Fields that were made from fields. */
export function ColumnsPanel({ network, root, asOf, onRoot }: ReachProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.lineage.columns.queryOptions({ network, root, ...(asOf !== "" && { asOf }) }));
  return (
    <QueryPanel
      title="Columns"
      sub="from the facet columnLineage"
      isFlush
      query={query}
      what="column lineage"
      emptyWhen={({ rows }) =>
        rows.length > 0
          ? null
          : {
              title: "No column lineage is known here",
              children: "An OpenLineage event whose dataset has the facet columnLineage would fill it.",
            }
      }
    >
      {({ rows }) => (
        <SmallTable
          label="Columns"
          rows={rows}
          rowKey={(row) => `${row.fromKey} ${row.fromField} ${row.toKey} ${row.toField}`}
          columns={[
            {
              id: "from",
              title: "From",
              cell: (row) => (
                <button
                  type="button"
                  className="lk"
                  onClick={() => onRoot(rootOf({ kind: row.fromKind, key: row.fromKey }))}
                >
                  {titleOf({ kind: row.fromKind, key: row.fromKey })}
                </button>
              ),
            },
            {
              id: "from-field",
              title: "Field",
              cell: ({ fromField }) => <span className="mono">{fromField}</span>,
            },
            {
              id: "to",
              title: "To",
              cell: (row) => (
                <button
                  type="button"
                  className="lk"
                  onClick={() => onRoot(rootOf({ kind: row.toKind, key: row.toKey }))}
                >
                  {titleOf({ kind: row.toKind, key: row.toKey })}
                </button>
              ),
            },
            {
              id: "to-field",
              title: "Field",
              cell: ({ toField }) =>
                toField === "" ? (
                  <span className="dim">all of it</span>
                ) : (
                  <span className="mono">{toField}</span>
                ),
            },
            { id: "how", title: "How", cell: ({ how }) => how || <span className="dim">not said</span> },
          ]}
        />
      )}
    </QueryPanel>
  );
}
