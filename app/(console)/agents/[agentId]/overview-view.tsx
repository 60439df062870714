"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../../../_client/trpc.tsx";
import { QueryPanel } from "../../../_ui/query-panel.tsx";
import { Sheet } from "../../../_ui/sheet.tsx";
import { agentHref } from "../agent-href.ts";
import { PlaceCard, PlaceSkeletons } from "./parts/place-card.tsx";
import { StateCounts } from "./parts/state-counts.tsx";
import { newestVersions } from "./parts/versions-input.ts";
import { VersionsTable } from "./parts/versions-table.tsx";

/** What an agent runs where, and its newest versions. */
export function OverviewView({ agentId }: { agentId: string }) {
  const trpc = useTRPC();
  const places = useQuery(trpc.deployments.places.queryOptions({ agentId }));
  const detail = useQuery(trpc.agents.get.queryOptions({ id: agentId }));
  const versions = useQuery(trpc.agents.versions.queryOptions(newestVersions(agentId)));
  return (
    <>
      <Sheet columns="1fr 1fr 1fr">
        {places.data ? (
          places.data.map((place, _at, all) => (
            <PlaceCard
              key={place.environment}
              agentId={agentId}
              place={place}
              places={all}
              age={{ at: places.dataUpdatedAt, staleAfterMs: 90_000 }}
            />
          ))
        ) : (
          <PlaceSkeletons query={places} />
        )}
      </Sheet>
      <Sheet>
        <QueryPanel
          title="Versions"
          sub={detail.data && <StateCounts counts={detail.data.byState} />}
          query={versions}
          what="the versions"
          staleAfterMs={90_000}
          isFlush
          actions={
            <Link className="lk text-12" href={agentHref(agentId, "versions")}>
              All versions
            </Link>
          }
          emptyWhen={({ rows }) => (rows.length === 0 ? nothing : null)}
        >
          {({ rows }) => <VersionsTable rows={rows} places={places.data ?? []} />}
        </QueryPanel>
      </Sheet>
    </>
  );
}

const nothing = { title: "No version", children: "Upload a bundle with its manifest." };
