"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Version } from "../../../../server/features/agents/schema.ts";
import { isDeployable } from "../../../../server/features/agents/version-rules.ts";
import type { DeploymentRecord } from "../../../../server/features/deployments/schema.ts";
import { toShownError } from "../../../_client/shown-error.ts";
import { useTRPC } from "../../../_client/trpc.tsx";
import { useRefusal } from "../../../_shell/use-refusal.ts";
import { notify } from "../../../_ui/notify.ts";
import { agentHref } from "../agent-href.ts";

const environment = "dev";

/** Makes a version the default in dev; other records there stay as they are. */
export function useDeployToDev({ agentId, cid, semver, state }: Version) {
  const trpc = useTRPC();
  const router = useRouter();
  const role = useRefusal("developer", null);
  const current = useQuery(trpc.deployments.get.queryOptions({ agentId, environment }));
  const apply = useMutation(
    trpc.deployments.applySet.mutationOptions({
      onSuccess: () => router.push(agentHref(agentId)),
      onError: (error) =>
        notify({ tone: "crit", title: "Not deployed.", detail: toShownError(error).message }),
    }),
  );
  const inForce = current.data;
  return {
    refusal: isDeployable(state) ? role : `It is ${state}`,
    isBusy: apply.isPending || current.isPending,
    run: () =>
      inForce &&
      apply.mutate({
        agentId,
        environment,
        generation: inForce.generation,
        records: withDefault(inForce.records, cid),
        note: `${semver} for everybody`,
      }),
  };
}

function withDefault(records: readonly DeploymentRecord[], version: string): DeploymentRecord[] {
  if (records.length === 0) return [{ ...firstRecord, version }];
  return records.map((record) => (record.targeting === "" ? { ...record, version } : record));
}

const firstRecord = {
  name: "default",
  priority: 100,
  targeting: "",
  weight: 1,
  enabled: true,
  params: {},
  engagements: {},
  expiresAt: null,
};
