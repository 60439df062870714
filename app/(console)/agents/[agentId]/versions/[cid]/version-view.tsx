"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { VersionDetail } from "../../../../../../server/features/agents/schema.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { PageFailure } from "../../../../../_ui/page-failure.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { agentHref } from "../../../agent-href.ts";
import { VersionStateBadge } from "../../../parts/version-state.tsx";
import { ManifestSource } from "../../../upload/parts/manifest-source.tsx";
import { whereRuns } from "../../parts/where-runs.ts";
import { DiffPanel } from "./parts/diff-panel.tsx";
import { FilesPanel } from "./parts/files-panel.tsx";
import { HistoryPanel } from "./parts/history-panel.tsx";
import { VersionActions } from "./parts/version-actions.tsx";

type VersionViewProps = { agentId: string; cid: string };

/** One version: what it is, what became of it, and what differs from another. */
export function VersionView({ agentId, cid }: VersionViewProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.agents.version.queryOptions({ agentId, cid }));
  const places = useQuery(trpc.deployments.places.queryOptions({ agentId }));
  if (!query.data && query.isError)
    return (
      <PageFailure
        query={query}
        what="version"
        list={{ label: "All versions", href: agentHref(agentId, "versions") }}
      />
    );
  if (!query.data) return <PanelSkeleton />;
  const detail = query.data;
  return (
    <>
      <div className="bar gap-3 py-2">
        <h2 className="mono font-medium">{detail.version.semver}</h2>
        <VersionStateBadge state={detail.version.state} />
        <span className="ml-auto flex flex-wrap gap-1.5">
          <VersionActions version={detail.version} />
        </span>
      </div>
      <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
        <Panel title="About">
          <KeyValue items={factsOf(detail, whereRuns(cid, places.data ?? []))} />
        </Panel>
        <HistoryPanel transitions={detail.transitions} />
      </Sheet>
      <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
        <FilesPanel detail={detail} />
        <DiffPanel agentId={agentId} cid={cid} />
      </Sheet>
      <Sheet>
        <ManifestSource text={detail.manifestText} faults={[]} />
      </Sheet>
    </>
  );
}

function factsOf({ version, manifest }: VersionDetail, where: string): (readonly [string, ReactNode])[] {
  const { cid, bundleCid, totalBytes, note, uploadedAt, uploadedBy, verifiedAt, sunsetAt } = version;
  return [
    ["Version", <Id key="cid" value={cid} what="CID" head={16} tail={8} showCopy />],
    ["Bundle", <Id key="bundle" value={bundleCid} what="CID of the bundle" head={16} tail={8} showCopy />],
    ["Size", formatBytes(totalBytes)],
    [
      "Runs in",
      where === "" ? (
        <span key="where" className="dim">
          nowhere
        </span>
      ) : (
        where
      ),
    ],
    [
      "Uploaded",
      <span key="uploaded">
        <Time at={uploadedAt} form="instant" />, {uploadedBy}
      </span>,
    ],
    ["Re-hashed", <Time key="verified" at={verifiedAt} form="instant" />],
    ...(sunsetAt ? [["Ends", <Time key="sunset" at={sunsetAt} form="instant" />] as const] : []),
    [
      "Note",
      note === "" ? (
        <span key="note" className="dim">
          none
        </span>
      ) : (
        note
      ),
    ],
    ["Events", manifest.engagements.map(({ event }) => event).join(", ")],
    ["Scopes", manifest.requiredScopes.join(", ")],
  ];
}
