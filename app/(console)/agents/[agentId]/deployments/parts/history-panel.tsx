"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DeploymentView, SetPage } from "../../../../../../server/features/deployments/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm-dialog.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { changesInWords, SetChanges } from "./set-changes.tsx";

type EarlierSet = SetPage["rows"][number];

/** Every SET that was in force, with what it changed; any of them can come back. */
export function HistoryPanel({ deployment }: { deployment: DeploymentView }) {
  const { agentId, environment } = deployment;
  const trpc = useTRPC();
  const [asking, setAsking] = useState<EarlierSet | null>(null);
  const pages = useInfiniteQuery(
    trpc.deployments.sets.infiniteQueryOptions(
      { agentId, environment },
      { getNextPageParam: (page) => page.next, initialCursor: null },
    ),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <Panel
        title="History"
        sub="every SET is kept"
        isFlush
        age={pages.data && { at: pages.dataUpdatedAt, staleAfterMs: 90_000 }}
        state={queryState(pages, "earlier SETs", () => (rows.length > 0 ? null : noSet))}
      >
        <SetsTable rows={rows} deployment={deployment} onReapply={setAsking} />
        {pages.hasNextPage && (
          <div className="px-4 py-2">
            <Button size="small" onClick={() => void pages.fetchNextPage()} isBusy={pages.isFetchingNextPage}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
      {asking && <ReapplyDialog deployment={deployment} set={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

const noSet = { title: "No SET yet", children: "The first one starts the history." };

type SetsTableProps = {
  rows: readonly EarlierSet[];
  deployment: DeploymentView;
  onReapply: (set: EarlierSet) => void;
};

function SetsTable({ rows, deployment, onReapply }: SetsTableProps) {
  const { environment, generation, rollout, proposal } = deployment;
  const refusal = useDeployRefusal(environment);
  const refusedBy = ({ records }: EarlierSet) =>
    refusal ??
    (records.length === 0 ? "It was empty" : null) ??
    (rollout ? "A rollout is under way" : null) ??
    (proposal ? "A proposal is open" : null);
  return (
    <SmallTable
      label="Earlier SETs"
      rows={rows.map((set, index) => ({ set, before: rows[index + 1] }))}
      rowKey={({ set }) => String(set.generation)}
      columns={[
        { id: "set", title: "SET", isNumber: true, width: 56, cell: ({ set }) => <b>{set.generation}</b> },
        { id: "at", title: "Applied", cell: ({ set }) => <Time at={set.appliedAt} isQuiet /> },
        { id: "note", title: "Note", cell: ({ set }) => <span data-tip={set.note}>{cut(set.note)}</span> },
        {
          id: "changes",
          title: "Changed",
          cell: ({ set, before }) => {
            const words = before ? changesInWords({ before: before.records, after: set.records }) : "";
            return (
              <span className="sec" data-tip={words}>
                {cut(words)}
              </span>
            );
          },
        },
        { id: "by", title: "By", cell: ({ set }) => <span className="sec">{set.author}</span> },
        {
          id: "act",
          title: <span className="sr-only">Actions</span>,
          isNumber: true,
          cell: ({ set }) =>
            set.generation === generation ? (
              <StatusWord tone="ok">in force</StatusWord>
            ) : (
              <Button size="small" refused={refusedBy(set)} onClick={() => onReapply(set)}>
                Re-apply
              </Button>
            ),
        },
      ]}
    />
  );
}

function cut(text: string): string {
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}

type ReapplyDialogProps = { deployment: DeploymentView; set: EarlierSet; onClose: () => void };

function ReapplyDialog({ deployment, set, onClose }: ReapplyDialogProps) {
  const { agentId, environment, generation, records } = deployment;
  const trpc = useTRPC();
  const isProd = environment === "prod";
  const reapply = useMutation(trpc.deployments.reapplySet.mutationOptions({ onSuccess: onClose }));
  const propose = useMutation(trpc.deployments.proposeReapply.mutationOptions({ onSuccess: onClose }));
  const act = isProd ? propose : reapply;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={isProd ? `Propose SET ${set.generation} again` : `Re-apply SET ${set.generation}`}
      description={
        isProd
          ? `A second person puts it in the place of SET ${generation}.`
          : `It takes the place of SET ${generation} in ${environment} at once. Undo: re-apply ${generation}.`
      }
      action={isProd ? "Propose" : "Re-apply"}
      asksReason
      isBusy={act.isPending}
      error={act.isError ? toShownError(act.error) : null}
      onConfirm={({ reason }) =>
        act.mutate({ agentId, environment, generation: set.generation, note: reason })
      }
    >
      <SetChanges before={records} after={set.records} />
    </ConfirmDialog>
  );
}
