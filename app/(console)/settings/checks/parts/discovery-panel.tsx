"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { policyBounds } from "../../../../../server/features/discovery/discovery-rules.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { PolicyDialog } from "./policy-dialog.tsx";
import type { PolicyField } from "./policy-fields.ts";
import { PolicyPanel } from "./policy-panel.tsx";

const { names: _, ...bounds } = policyBounds;
type Name = keyof typeof bounds;

const mib = 2 ** 20;
const fields: readonly PolicyField<Name>[] = [
  field("everyMinutes", "A bucket is asked again after", { unit: "min", factor: 1 }),
  field("asksPerMinute", "Buckets and DAG nodes in a minute", { unit: "a minute", factor: 1 }),
  field("maxBytes", "Most bytes of one DAG node", { unit: "MiB", factor: mib }),
  field("timeoutMs", "Most time for one question", { unit: "s", factor: 1_000 }),
  field("linksPerNode", "Links that are kept of one node", { unit: "links", factor: 1 }),
  field("linksPerBucket", "Links that are kept of one bucket", { unit: "links", factor: 1 }),
];

function field(name: Name, label: string, of: { unit: string; factor: number }): PolicyField<Name> {
  return { name, label, ...of, bounds: bounds[name] };
}

/** Which names are asked for, and how far DAG nodes are followed. */
export function DiscoveryPanel() {
  const trpc = useTRPC();
  const query = useQuery(trpc.discovery.policy.queryOptions());
  return (
    <PolicyPanel
      title="Names and links"
      about="Public buckets are asked for these CNS names. DAG nodes are read once; their links count only when the bytes hash to the CID."
      query={query}
      fields={fields}
      edit={({ policy }, onClose) => (
        <Edit policy={{ ...policy, names: policy.names ?? [] }} onClose={onClose} />
      )}
    />
  );
}

type EditProps = { policy: Record<Name, number> & { isOn: boolean; names: string[] }; onClose: () => void };

function Edit({ policy, onClose }: EditProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.discovery.setPolicy.mutationOptions({
      onSuccess: (answer) => {
        queryClient.setQueryData(trpc.discovery.policy.queryKey(), answer);
        notify({ tone: "ok", title: "Names and links: changed." });
        onClose();
      },
    }),
  );
  return (
    <PolicyDialog
      title="Names and links"
      switchLabel="Ask for names and read DAG nodes"
      policy={policy}
      fields={fields}
      isBusy={change.isPending}
      error={change.error && toShownError(change.error)}
      onSave={({ isOn, numbers, names, reason }) =>
        change.mutate({ policy: { ...numbers, isOn, names }, reason })
      }
      onClose={onClose}
    />
  );
}
