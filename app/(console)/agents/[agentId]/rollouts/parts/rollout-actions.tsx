"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Rollout } from "../../../../../../server/features/rollouts/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";

/** What a person may do now. Going back needs a reason and one click. */
export function RolloutActions({ rollout }: { rollout: Rollout }) {
  const { agentId, environment, id, state, stable } = rollout;
  const trpc = useTRPC();
  const refusal = useDeployRefusal(environment);
  const [reason, setReason] = useState("");
  const approve = useMutation(trpc.rollouts.approve.mutationOptions());
  const pause = useMutation(trpc.rollouts.pause.mutationOptions());
  const resume = useMutation(trpc.rollouts.resume.mutationOptions());
  const promote = useMutation(trpc.rollouts.promote.mutationOptions());
  const rollback = useMutation(trpc.rollouts.rollback.mutationOptions({ onSuccess: () => setReason("") }));
  if (state.phase === "rolled_back" || state.phase === "withdrawn") return null;
  const place = { agentId, environment, id };
  const needsReason = refusal ?? (reason.trim() === "" ? "Needs a reason" : null);
  const failed = [approve, pause, resume, promote, rollback].find(({ isError }) => isError);
  const back = state.weight === 0 ? "Withdraw" : `Roll back${stable ? ` to ${stable.semver}` : ""}`;
  return (
    <div className="flex flex-col gap-3 pt-4">
      <TextField label="Reason, kept in the audit log" value={reason} onChange={setReason} maxLength={500} />
      <div className="flex flex-wrap gap-2">
        <Button
          kind="danger-solid"
          refused={needsReason}
          isBusy={rollback.isPending}
          onClick={() => rollback.mutate({ ...place, reason })}
        >
          {back}
        </Button>
        {state.phase === "waiting" && state.approvedBy === null && (
          <Button
            kind="primary"
            refused={refusal}
            isBusy={approve.isPending}
            onClick={() => approve.mutate(place)}
          >
            Approve
          </Button>
        )}
        {state.phase === "running" && (
          <>
            <Button
              refused={needsReason}
              isBusy={promote.isPending}
              onClick={() => promote.mutate({ ...place, reason })}
            >
              Next step now
            </Button>
            <Button
              refused={needsReason}
              isBusy={pause.isPending}
              onClick={() => pause.mutate({ ...place, reason })}
            >
              Pause
            </Button>
          </>
        )}
        {state.phase === "paused" && (
          <Button
            kind="primary"
            refused={refusal}
            isBusy={resume.isPending}
            onClick={() => resume.mutate(place)}
          >
            Resume
          </Button>
        )}
      </div>
      {failed && (
        <p className="t-crit" role="alert">
          <Glyph tone="crit" size={9} /> {toShownError(failed.error).message}
        </p>
      )}
    </div>
  );
}
