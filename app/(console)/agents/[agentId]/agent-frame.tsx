"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../_shell/crumb-label.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import { PageFailure } from "../../../_ui/page-failure.tsx";
import { type Tab, Tabs } from "../../../_ui/tabs.tsx";
import { agentHref, aliasOf } from "../agent-href.ts";
import { agentTabs } from "./agent-tabs.ts";
import { AgentHead } from "./parts/agent-head.tsx";

type AgentFrameProps = { agentId: string; children: ReactNode };

/** Head and tabs of an agent; each view stands below and asks for its own data. */
export function AgentFrame({ agentId, children }: AgentFrameProps) {
  const trpc = useTRPC();
  const pathname = usePathname();
  const search = useSearchParams();
  const query = useQuery(trpc.agents.get.queryOptions({ id: agentId }));
  const places = useQuery(trpc.deployments.places.queryOptions({ agentId }));
  const detail = query.data;
  useCrumbLabel(aliasOf(agentId));
  if (!detail && query.isError)
    return <PageFailure query={query} what="agent" list={{ label: "All agents", href: "/agents" }} />;
  const view = viewOf(pathname, agentId);
  const tabs = agentTabs.map(
    (tab): Tab => ({
      label: tab.label,
      href: withKept(agentHref(agentId, tab.view), search),
      isCurrent: tab.view === view,
      ...(tab.view === "versions" && detail && { count: formatNumber(detail.agent.versions) }),
    }),
  );
  return (
    <>
      <AgentHead agentId={agentId} agent={detail?.agent} places={places.data} />
      <Tabs label="Views of this agent" tabs={tabs} />
      {children}
    </>
  );
}

/** "versions" for …/versions and for one of them; the colon in an id may stand encoded in the address. */
function viewOf(pathname: string, agentId: string): string {
  const below = decodeURIComponent(pathname).slice(agentHref(agentId).length + 1);
  return below.split("/")[0] ?? "";
}

const keptParams = ["from", "to", "asOf", "env"];

/** The time range and the environment go along from view to view. */
function withKept(href: string, search: URLSearchParams): string {
  const kept = new URLSearchParams([...search].filter(([name]) => keptParams.includes(name))).toString();
  return kept === "" ? href : `${href}?${kept}`;
}
