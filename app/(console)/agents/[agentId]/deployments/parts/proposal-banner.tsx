"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DeploymentView, Proposal } from "../../../../../../server/features/deployments/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Banner } from "../../../../../_ui/banner.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm-dialog.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { changesInWords, SetChanges } from "./set-changes.tsx";

type ProposalBannerProps = { deployment: DeploymentView; proposal: Proposal };

/** What somebody wants in force here; another person looks at the difference and decides. */
export function ProposalBanner({ deployment, proposal }: ProposalBannerProps) {
  const { agentId, environment, generation, records } = deployment;
  const trpc = useTRPC();
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const { data: me } = useQuery(
    trpc.identity.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, refetchInterval: false }),
  );
  const refusal = useDeployRefusal(environment);
  const done = { onSuccess: () => setAsking(null) };
  const approve = useMutation(trpc.deployments.approveProposal.mutationOptions(done));
  const withdraw = useMutation(trpc.deployments.withdrawProposal.mutationOptions(done));
  const isStale = proposal.generation !== generation;
  const place = { agentId, environment, id: proposal.id };
  const own = me?.id === proposal.authorId ? "You proposed it: a second person approves" : null;
  const stale = isStale ? `It was made on SET ${proposal.generation}` : null;
  const act = asking === "withdraw" ? withdraw : approve;
  return (
    <>
      <Banner
        tone="warn"
        title={`${proposal.author} proposes ${proposal.reapplies === null ? "a SET" : `SET ${proposal.reapplies} again`}.`}
        actions={
          <>
            <Button kind="primary" refused={refusal ?? own ?? stale} onClick={() => setAsking("approve")}>
              Look and approve
            </Button>
            <Button refused={refusal} onClick={() => setAsking("withdraw")}>
              Withdraw
            </Button>
          </>
        }
      >
        “{proposal.note}”, <Time at={proposal.madeAt} />:{" "}
        {changesInWords({ before: records, after: proposal.records })}
        {isStale && `. SET ${generation} came meanwhile: withdraw it, and propose again.`}
      </Banner>
      <ConfirmDialog
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        title={asking === "withdraw" ? "Withdraw the proposal" : `Put it in force in ${environment}`}
        description={
          asking === "withdraw"
            ? "Nothing that runs changes."
            : `It takes the place of SET ${generation} at once. To go back, propose ${generation} again.`
        }
        action={asking === "withdraw" ? "Withdraw" : "Approve and apply"}
        asksReason={asking === "withdraw"}
        typedName={asking === "approve" ? environment : null}
        isBusy={act.isPending}
        error={act.isError ? toShownError(act.error) : null}
        onConfirm={({ reason }) =>
          asking === "withdraw" ? withdraw.mutate({ ...place, reason }) : approve.mutate(place)
        }
      >
        <SetChanges before={records} after={proposal.records} />
      </ConfirmDialog>
    </>
  );
}
