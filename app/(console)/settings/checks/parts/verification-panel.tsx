"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { policyBounds } from "../../../../../server/features/verification/verification-rules.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { PolicyDialog } from "./policy-dialog.tsx";
import type { PolicyField } from "./policy-fields.ts";
import { PolicyPanel } from "./policy-panel.tsx";

type Name = keyof typeof policyBounds;

const mib = 2 ** 20;
const fields: readonly PolicyField<Name>[] = [
  field("samplesPerHour", "Pieces of each node in an hour", { unit: "pieces", factor: 1 }),
  field("maxBytes", "Most bytes of one piece", { unit: "MiB", factor: mib }),
  field("timeoutMs", "Most time for one piece", { unit: "s", factor: 1_000 }),
  field("bytesPerSecond", "Bytes a second, all nodes together", { unit: "MiB/s", factor: mib }),
];

function field(name: Name, label: string, of: { unit: string; factor: number }): PolicyField<Name> {
  return { name, label, ...of, bounds: policyBounds[name] };
}

/** How often nodes are checked, and how much is read for it. */
export function VerificationPanel() {
  const trpc = useTRPC();
  const query = useQuery(trpc.verification.policy.queryOptions());
  return (
    <PolicyPanel
      title="Scheduled verification"
      about="A sample of what each node served in the last half hour, of public buckets, is read and hashed. What hashes to something else raises the node's risk and stands among its events."
      query={query}
      fields={fields}
      edit={({ policy }, onClose) => <Edit policy={policy} onClose={onClose} />}
    />
  );
}

type EditProps = { policy: Record<Name, number> & { isOn: boolean }; onClose: () => void };

function Edit({ policy, onClose }: EditProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.verification.setPolicy.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(trpc.verification.policy.queryKey(), answer);
        notify({ tone: "ok", title: "Scheduled verification: changed." });
        onClose();
      },
    }),
  );
  return (
    <PolicyDialog
      title="Scheduled verification"
      switchLabel="Verify on a schedule"
      policy={policy}
      fields={fields}
      isBusy={change.isPending}
      error={change.error && toShownError(change.error)}
      onSave={({ isOn, numbers, reason }) => change.mutate({ policy: { ...numbers, isOn }, reason })}
      onClose={onClose}
    />
  );
}
