"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { Version } from "../../../../server/features/agents/schema.ts";
import { isDeployable } from "../../../../server/features/agents/version-rules.ts";
import type { DeploymentRecord } from "../../../../server/features/deployments/schema.ts";
import { toShownError } from "../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../_client/trpc.tsx";
import { useRefusal } from "../../../_shell/use-refusal.ts";
import { notify } from "../../../_ui/notify.ts";
import { agentHref } from "../agent-href.ts";

const environment = "dev";

/**
 * Makes a version the default in dev; other records there stay as they are. What is in force is read when somebody
 * asks for it: a button that first waits for its data swallows the first click.
 */
export function useDeployToDev({ agentId, cid, semver, state }: Version) {
  const client = useTRPCClient();
  const router = useRouter();
  const role = useRefusal("developer", null);
  const deploy = useMutation({
    mutationFn: async () => {
      const inForce = await client.deployments.get.query({ agentId, environment });
      return client.deployments.applySet.mutate({
        agentId,
        environment,
        generation: inForce.generation,
        records: withDefault(inForce.records, cid),
        note: `${semver} for everybody`,
      });
    },
    onSuccess: () => router.push(agentHref(agentId)),
    onError: (error) => notify({ tone: "crit", title: "Not deployed.", detail: toShownError(error).message }),
  });
  return {
    refusal: isDeployable(state) ? role : `It is ${state}`,
    isBusy: deploy.isPending,
    run: () => deploy.mutate(),
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
