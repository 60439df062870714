"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ConfigView, RevisionPage } from "../../../../../../server/features/agent-config/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm-dialog.tsx";
import { formatNumber } from "../../../../../_ui/format/number.ts";
import { PagedPanel } from "../../../../../_ui/paged-panel.tsx";
import { StatusWord } from "../../../../../_ui/status-word.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { ConfigChanges, changesInWords } from "./config-changes.tsx";

type Revision = RevisionPage["rows"][number];

/** Every revision with what it changed and who took it; any of them can come back. */
export function RevisionsPanel({ config }: { config: ConfigView }) {
  const { agentId, environment } = config;
  const trpc = useTRPC();
  const [asking, setAsking] = useState<Revision | null>(null);
  const pages = useInfiniteQuery(
    trpc.agentConfig.revisions.infiniteQueryOptions(
      { agentId, environment },
      { getNextPageParam: (page) => page.next, initialCursor: null },
    ),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <PagedPanel
        title="History"
        sub="every revision is kept"
        query={pages}
        what="earlier revisions"
        shown={rows.length}
        empty={() => noRevision}
      >
        <RevisionsTable rows={rows} config={config} onBack={setAsking} />
      </PagedPanel>
      {asking && <BackDialog config={config} to={asking} onClose={() => setAsking(null)} />}
    </>
  );
}

const noRevision = { title: "No revision yet", children: "The first one starts the history." };

type RevisionsTableProps = {
  rows: readonly Revision[];
  config: ConfigView;
  onBack: (revision: Revision) => void;
};

function RevisionsTable({ rows, config, onBack }: RevisionsTableProps) {
  const { environment, revision: current, proposal } = config;
  const refusal = useDeployRefusal(environment) ?? (proposal ? "A proposal is open" : null);
  return (
    <SmallTable
      label="Revisions"
      rows={rows.map((row, index) => ({ row, before: rows[index + 1] }))}
      rowKey={({ row }) => String(row.revision)}
      columns={[
        { id: "rev", title: "Rev", isNumber: true, width: 48, cell: ({ row }) => <b>{row.revision}</b> },
        { id: "at", title: "Applied", cell: ({ row }) => <Time at={row.appliedAt} isQuiet /> },
        { id: "note", title: "Note", cell: ({ row, before }) => <Note row={row} before={before} /> },
        {
          id: "taken",
          title: "Acknowledged",
          isNumber: true,
          cell: ({ row: { acknowledged } }) => <Acknowledged of={acknowledged} />,
        },
        {
          id: "act",
          title: <span className="sr-only">Actions</span>,
          isNumber: true,
          cell: ({ row }) =>
            row.revision === current ? (
              <StatusWord tone="ok">in force</StatusWord>
            ) : (
              <Button size="small" refused={refusal} onClick={() => onBack(row)}>
                Back to<span className="sr-only"> {row.revision}</span>
              </Button>
            ),
        },
      ]}
    />
  );
}

function Note({ row, before }: { row: Revision; before: Revision | undefined }) {
  const words = changesInWords({ before: before ?? { settings: {}, secrets: [] }, after: row });
  const back = row.backTo === null ? "" : `, back to ${row.backTo}`;
  return (
    <span data-tip={`${row.note}\n${row.author}${back}: ${words}`}>
      {row.note.length > 32 ? `${row.note.slice(0, 31)}…` : row.note}
    </span>
  );
}

function Acknowledged({ of: { taken, slowestMs, refused } }: { of: Revision["acknowledged"] }) {
  if (taken + refused === 0) return <span className="na">·</span>;
  return (
    <span className={refused > 0 ? "t-warn" : undefined}>
      {taken} of {taken + refused}
      {slowestMs !== null && `, ${formatNumber(slowestMs / 1_000, 2)} s`}
    </span>
  );
}

type BackDialogProps = { config: ConfigView; to: Revision; onClose: () => void };

function BackDialog({ config, to, onClose }: BackDialogProps) {
  const { agentId, environment, revision } = config;
  const trpc = useTRPC();
  const isProd = environment === "prod";
  const change = useMutation(trpc.agentConfig.change.mutationOptions({ onSuccess: onClose }));
  const propose = useMutation(trpc.agentConfig.propose.mutationOptions({ onSuccess: onClose }));
  const act = isProd ? propose : change;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={isProd ? `Propose revision ${to.revision} again` : `Back to revision ${to.revision}`}
      description={
        isProd
          ? `A second person puts it in the place of revision ${revision}.`
          : `It becomes revision ${revision + 1} in ${environment} at once, its secrets too. Undo: back to ${revision}.`
      }
      action={isProd ? "Propose" : "Go back"}
      asksReason
      isBusy={act.isPending}
      error={act.isError ? toShownError(act.error) : null}
      onConfirm={({ reason }) =>
        act.mutate({
          agentId,
          environment,
          revision,
          note: reason,
          change: { kind: "back", to: to.revision },
        })
      }
    >
      <ConfigChanges before={config} after={to} />
    </ConfirmDialog>
  );
}
