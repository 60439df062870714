"use client";

import { useQuery } from "@tanstack/react-query";
import type { Rule } from "../../../../../../server/features/alerts/rule-schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../../_shell/crumb-label.ts";
import { EmptyState } from "../../../../../_ui/empty-state.tsx";
import { ErrorState } from "../../../../../_ui/error-state.tsx";
import { PanelSkeleton } from "../../../../../_ui/panel-skeleton.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { RuleEditor } from "./parts/rule-editor.tsx";

/** One rule as it is and as it would be, beside what it would have done in the last week. */
export function RuleView({ network, id }: { network: NetworkName; id: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.alerts.rules.queryOptions({ network }));
  const rule = query.data?.find((candidate) => candidate.id === id) ?? null;
  useCrumbLabel(rule?.title ?? (id === "new" ? "New rule" : null));
  const state = queryState(query, "the rules");
  if (state.kind === "pending") return <PanelSkeleton />;
  if (state.kind === "failed") return <ErrorState {...state} />;
  if (id === "new") return <RuleEditor key="new" network={network} rule={null} />;
  if (rule === null) return <NoSuchRule id={id} />;
  return <RuleEditor key={versionOf(rule)} network={network} rule={rule} />;
}

/** A newer revision starts the form anew: nobody overwrites what they did not see. */
function versionOf({ id, revision }: Rule): string {
  return `${id} ${revision}`;
}

function NoSuchRule({ id }: { id: string }) {
  return (
    <EmptyState title={`There is no rule ${id}`}>It was taken away, or it is another network's.</EmptyState>
  );
}
