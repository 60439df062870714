"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { GraphNode, NodeDetail } from "../../../../../../server/features/lineage/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ErrorState } from "../../../../../_ui/error-state.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { Peek, PeekSection } from "../../../../../_ui/peek.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { kindWords, rootOf, titleOf } from "./node-words.ts";

type NodePeekProps = {
  network: NetworkName;
  node: GraphNode;
  asOf: string;
  onClose: () => void;
  onRoot: (root: string) => void;
};

/** A thing of the graph: where else it is shown, and what was said of it. */
export function NodePeek({ network, node, asOf, onClose, onRoot }: NodePeekProps) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.lineage.node.queryOptions({ network, root: rootOf(node), ...(asOf !== "" && { asOf }) }),
  );
  const state = queryState(query, "this node");
  const page = pageOf(network, node);
  return (
    <Peek
      label={titleOf(node)}
      head={<span className="peek-t">{titleOf(node)}</span>}
      {...(page && { href: page })}
      onClose={onClose}
    >
      <PeekSection>
        <p className="dim">{kindWords[node.kind]}</p>
        <p className="mono break-all text-12">{node.key}</p>
        <div className="flex gap-2 pt-2">
          <Button size="small" onClick={() => onRoot(rootOf(node))}>
            Start from here
          </Button>
        </div>
      </PeekSection>
      <PeekSection>
        <KeyValue items={factsOf(node, query.data)} />
      </PeekSection>
      {node.kind === "content" && (
        <PeekSection>
          <Link className="lk" href={`/${network}/data/access?cid=${node.key}&from=now-7d`}>
            Who read it
          </Link>
        </PeekSection>
      )}
      {state.kind === "failed" && <ErrorState {...state} />}
      {state.kind === "pending" && <PanelSkeleton />}
      {query.data?.facets.map((facet) => (
        <PeekSection
          key={`${facet.scope} ${facet.name}`}
          title={facet.scope === "itself" ? facet.name : `${facet.name}, as an ${facet.scope}`}
        >
          <p className="dim text-12">
            said <Time at={facet.lastAt} form="instant" isQuiet />
            {facet.versions > 1 && `, ${facet.versions} versions so far`}
          </p>
          <div className="lin-json">{facet.body}</div>
        </PeekSection>
      ))}
    </Peek>
  );
}

function factsOf({ run, hiddenUp, hiddenDown }: GraphNode, detail: NodeDetail | undefined) {
  const count = (hidden: GraphNode["hiddenUp"]) => `${hidden.edges}${hidden.isMore ? " or more" : ""}`;
  return [
    ["First heard of", <Time key="first" at={detail?.firstAt ?? null} form="instant" />],
    ...(run
      ? ([
          ["State", run.state],
          ["Started", <Time key="started" at={run.startedAt} form="instant" />],
          ["Ended", <Time key="ended" at={run.endedAt} form="instant" />],
        ] as const)
      : []),
    ["Not drawn upstream", count(hiddenUp)],
    ["Not drawn downstream", count(hiddenDown)],
  ] as const;
}

function pageOf(network: NetworkName, { kind, key }: GraphNode): string | null {
  if (kind === "content") return `/${network}/data/cids/${key}`;
  return kind === "bucket" ? `/${network}/data/buckets/${key}` : null;
}
