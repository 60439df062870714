"use client";

import Link2 from "lucide-react/icons/link-2";
import Radar from "lucide-react/icons/radar";
import Link from "next/link";
import type { NodeRow } from "../../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { maxPoints } from "../../../../../../server/kernel/time-range.ts";
import { ExportMenu } from "../../../../../_shell/jobs/export-menu.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { shorten } from "../../../../../_ui/format/shorten.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { PageHead } from "../../../../../_ui/page-head.tsx";
import { NodeStateBadge } from "../../parts/node-state.tsx";
import { useProbe } from "../../parts/use-probe.ts";

type NodeHeadProps = { network: NetworkName; node: NodeRow; range: { from: string; to: string } };

export function NodeHead({ network, node, range }: NodeHeadProps) {
  const probe = useProbe(network);
  return (
    <PageHead
      title={node.name}
      badge={<NodeStateBadge status={node.status} />}
      meta={
        <>
          <Id value={node.key} what="node key" head={18} tail={8} showCopy />
          {node.providerName !== null && <span>{node.providerName}</span>}
          {node.provider && <Id value={node.provider} what="provider account" head={6} tail={4} />}
          {node.clusterId && (
            <Link href={`/${network}/clusters/${node.clusterId}`}>
              {node.clusterName ?? shorten(node.clusterId)}
            </Link>
          )}
          {node.region && <span>{node.region}</span>}
        </>
      }
      actions={
        <>
          <Button
            icon={Radar}
            refused={probe.refusal}
            isBusy={probe.isBusy}
            onClick={() => probe.run([node])}
          >
            Probe now
          </Button>
          <ExportMenu
            source="node-series"
            query={{ network, key: node.key, ...range }}
            count={{ rows: maxPoints, isEstimate: false }}
            kind="default"
          />
          <CopyLink />
        </>
      }
    />
  );
}

/** The address restores the page exactly; a relative range stays relative. */
function CopyLink() {
  return (
    <Button
      kind="ghost"
      icon={Link2}
      onPointerDown={(event) => event.currentTarget.setAttribute("data-copy", window.location.href)}
      onKeyDown={(event) => event.currentTarget.setAttribute("data-copy", window.location.href)}
    >
      Copy link
    </Button>
  );
}
