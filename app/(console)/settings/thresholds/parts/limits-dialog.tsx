"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { LimitsPreview, NodeLimits } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { notify } from "../../../../_ui/notify.ts";
import { type LimitName, limitFields, toShownLimit } from "./limit-fields.ts";

type LimitsDialogProps = {
  network: NetworkName;
  changes: Partial<Record<LimitName, number | null>>;
  limits: NodeLimits;
  onClose: () => void;
};

/** What changes, and how many nodes would be in another state right now. */
export function LimitsDialog({ network, changes, limits, onClose }: LimitsDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const preview = useQuery(
    trpc.nodes.previewLimits.queryOptions({ network, changes }, { refetchInterval: false }),
  );
  const change = useMutation(
    trpc.nodes.setLimits.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(trpc.nodes.limits.queryKey({ network }), answer);
        notify({ tone: "ok", title: `The limits of ${network} are changed.` });
        onClose();
      },
    }),
  );
  const failure = change.error ?? preview.error;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Limits of nodes on ${network}`}
      description="Every page judges by them from the next look on. Earlier values stand in the audit log."
      action="Change limits"
      typedName={network === "mainnet" ? "mainnet" : null}
      asksReason
      isBusy={change.isPending || preview.isPending}
      error={failure ? toShownError(failure) : null}
      onConfirm={({ reason }) => change.mutate({ network, changes, reason })}
    >
      <dl className="kv">
        {limitFields.map((field) => {
          const value = changes[field.name];
          if (value === undefined) return null;
          const next = value === null ? "the default" : `${toShownLimit(value, field)} ${field.unit}`;
          return [
            <dt key={`${field.name} label`}>{field.label}</dt>,
            <dd key={field.name}>
              {toShownLimit(limits[field.name], field)} {field.unit} → {next}
            </dd>,
          ];
        })}
      </dl>
      {preview.data && <Moves preview={preview.data} />}
    </ConfirmDialog>
  );
}

function Moves({ preview: { nodes, moves } }: { preview: LimitsPreview }) {
  if (moves.length === 0)
    return (
      <p className="sec" role="status">
        None of {formatNumber(nodes)} nodes would be in another state right now.
      </p>
    );
  return (
    <ul className="grid gap-1" role="status">
      {moves.map(({ from, to, nodes: moved, names }) => (
        <li key={`${from} ${to}`}>
          <b>{formatNumber(moved)}</b> {moved === 1 ? "node" : "nodes"}: {words(from)} → {words(to)}{" "}
          <span className="dim">
            {names.join(", ")}
            {moved > names.length && ` and ${moved - names.length} more`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function words(state: string): string {
  return state.replaceAll("_", " ");
}
