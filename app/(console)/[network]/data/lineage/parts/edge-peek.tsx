"use client";

import { useQuery } from "@tanstack/react-query";
import type { EdgeDetail, GraphNode } from "../../../../../../server/features/lineage/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { ErrorState } from "../../../../../_ui/error-state.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { Peek, PeekSection } from "../../../../../_ui/peek.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { parseEdgeId } from "./edge-id.ts";
import { GradeMark } from "./edge-table.tsx";
import { evidenceItems } from "./evidence-words.tsx";
import { titleOf } from "./node-words.ts";

const gradeWords = {
  proved: "a hash or a checked signature says so",
  recorded: "an event says so, nobody proved it",
  allocated: "split by usage: the chain pays per owner and time, not per piece",
} as const;

type EdgePeekProps = {
  network: NetworkName;
  edge: string;
  nodes: readonly GraphNode[];
  onClose: () => void;
};

/** What says that an edge is there. */
export function EdgePeek({ network, edge, nodes, onClose }: EdgePeekProps) {
  const trpc = useTRPC();
  const parsed = parseEdgeId(edge);
  const query = useQuery(
    trpc.lineage.edge.queryOptions({ network, ...(parsed ?? { from: "0", to: "0", kind: "read" }) }),
  );
  const state = queryState(query, "the evidence");
  const name = (id: string) => {
    const node = nodes.find((known) => known.id === id);
    return node ? titleOf(node) : id;
  };
  return (
    <Peek label="evidence" head={<span className="peek-t">Evidence</span>} onClose={onClose}>
      {state.kind === "failed" && <ErrorState {...state} />}
      {state.kind === "pending" && <PanelSkeleton />}
      {query.data && (
        <>
          <PeekSection>
            <p>
              <GradeMark grade={query.data.grade} />{" "}
              <span className="dim">{gradeWords[query.data.grade]}</span>
            </p>
            <KeyValue items={factsOf(query.data, name)} />
          </PeekSection>
          {query.data.event && (
            <PeekSection title="Event">
              <button type="button" className="lk text-12" data-copy={query.data.event.body}>
                Copy JSON
              </button>
              <div className="lin-json">{query.data.event.body}</div>
            </PeekSection>
          )}
          {query.data.evidence && (
            <PeekSection title="Figures">
              <KeyValue items={evidenceItems(query.data.evidence)} />
            </PeekSection>
          )}
        </>
      )}
    </Peek>
  );
}

function factsOf({ from, to, validFrom, validTo, event }: EdgeDetail, name: (id: string) => string) {
  const position = event?.position;
  return [
    ["From", name(from)],
    ["To", name(to)],
    ["So since", <Time key="from" at={validFrom} form="instant" />],
    ...(validTo ? [["Until", <Time key="to" at={validTo} form="instant" />] as const] : []),
    ...(event
      ? ([
          [
            "Said by",
            <span key="by" className="break-all">
              {event.producer}
            </span>,
          ],
          [
            "Event",
            position ? (
              <span
                key="at"
                className="mono"
              >{`${position.topic}/${position.partition}@${position.offset}`}</span>
            ) : (
              "came by HTTP"
            ),
          ],
          ["Event time", <Time key="time" at={event.eventTime} form="instant" />],
          ["Received", <Time key="seen" at={event.receivedAt} form="instant" />],
        ] as const)
      : []),
  ] as const;
}
