"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ConfigView } from "../../../../../../server/features/agent-config/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Banner } from "../../../../../_ui/banner.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm-dialog.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { ConfigChanges, changesInWords } from "./config-changes.tsx";

type ProposalBannerProps = { config: ConfigView; proposal: NonNullable<ConfigView["proposal"]> };

/** What somebody wants in force here; another person looks at the difference and decides. */
export function ProposalBanner({ config, proposal }: ProposalBannerProps) {
  const { agentId, environment, revision } = config;
  const trpc = useTRPC();
  const [asking, setAsking] = useState<"approve" | "withdraw" | null>(null);
  const { data: me } = useQuery(
    trpc.identity.me.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY, refetchInterval: false }),
  );
  const refusal = useDeployRefusal(environment);
  const done = { onSuccess: () => setAsking(null) };
  const approve = useMutation(trpc.agentConfig.approve.mutationOptions(done));
  const withdraw = useMutation(trpc.agentConfig.withdraw.mutationOptions(done));
  const isStale = proposal.revision !== revision;
  const place = { agentId, environment, id: proposal.id };
  const own = me?.id === proposal.authorId ? "You proposed it: a second person approves" : null;
  const stale = isStale ? `It was made on revision ${proposal.revision}` : null;
  const isWithdrawal = asking === "withdraw";
  const act = isWithdrawal ? withdraw : approve;
  return (
    <>
      <Banner
        tone="warn"
        title={`${proposal.author} proposes ${proposal.backTo === null ? "a configuration" : `revision ${proposal.backTo} again`}.`}
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
        {changesInWords({ before: config, after: proposal })}
        {isStale && `. Revision ${revision} came meanwhile: withdraw it, and propose again.`}
      </Banner>
      <ConfirmDialog
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        title={isWithdrawal ? "Withdraw the proposal" : `Put it in force in ${environment}`}
        description={
          isWithdrawal
            ? "Nothing that runs changes."
            : `It becomes revision ${revision + 1} at once. To go back, propose ${revision} again.`
        }
        action={isWithdrawal ? "Withdraw" : "Approve and apply"}
        asksReason={isWithdrawal}
        typedName={asking === "approve" ? environment : null}
        isBusy={act.isPending}
        error={act.isError ? toShownError(act.error) : null}
        onConfirm={({ reason }) =>
          isWithdrawal ? withdraw.mutate({ ...place, reason }) : approve.mutate(place)
        }
      >
        <ConfigChanges before={config} after={proposal} />
      </ConfirmDialog>
    </>
  );
}
