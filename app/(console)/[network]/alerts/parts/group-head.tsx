"use client";

import { useQuery } from "@tanstack/react-query";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { useSearchParams } from "next/navigation";
import type { AlertView, GroupBy } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { LinkButton } from "../../../../_ui/link-button.tsx";
import type { toListInput } from "../search-params.ts";
import { severityLooks } from "./alert-looks.ts";
import { type GroupFilter, groupName } from "./group-filter.ts";
import { groupHref, ownedWords } from "./group-words.ts";
import { ReviewButtons } from "./review-buttons.tsx";
import { SeverityCounts } from "./severity-counts.tsx";
import { useGroupTarget } from "./use-group-target.ts";
import { useReviewActions } from "./use-review-actions.tsx";

export type ChosenGroup = { by: GroupBy; key: string; filter: GroupFilter };

type GroupHeadProps = {
  network: NetworkName;
  view: AlertView;
  list: ReturnType<typeof toListInput>;
  group: ChosenGroup;
};

/** Over the alerts of one group: what it is, and what is done with all of it. */
export function GroupHead({ network, view, list, group: { by, key, filter } }: GroupHeadProps) {
  const trpc = useTRPC();
  const search = useSearchParams();
  const { data } = useQuery(trpc.alerts.groups.queryOptions({ ...list, ...filter, by, limit: 1 }));
  const found = data?.rows[0];
  const target = useGroupTarget({ list, by, groups: found ? [found] : [] });
  const actions = useReviewActions(network, () => {});
  return (
    <section className="bar" aria-label="Group">
      <LinkButton href={groupHref(search, null)} kind="ghost" size="small" icon={ArrowLeft}>
        All groups
      </LinkButton>
      {found && <Glyph tone={severityLooks[found.severity].tone} />}
      <h2 className="min-w-0 truncate font-medium">{groupName(by, found ?? { name: "", key })}</h2>
      {found && (
        <>
          <SeverityCounts counts={found.bySeverity} />
          <span className="dim">{ownedWords(found)}</span>
        </>
      )}
      {found && view !== "resolved" && (
        <span className="ml-auto flex flex-wrap items-center gap-1.5">
          <ReviewButtons actions={actions} target={target} hasKeys={false} />
        </span>
      )}
      {actions.dialogs}
    </section>
  );
}
