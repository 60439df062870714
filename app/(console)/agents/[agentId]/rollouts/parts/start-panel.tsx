"use client";

import { useMutation } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import type { DeploymentView } from "../../../../../../server/features/deployments/schema.ts";
import type { StartRolloutInput } from "../../../../../../server/features/rollouts/schema.ts";
import { toShownError } from "../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { Banner } from "../../../../../_ui/banner.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../_ui/confirm-dialog.tsx";
import { Glyph } from "../../../../../_ui/glyph.tsx";
import { LinkButton } from "../../../../../_ui/link-button.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { TextField } from "../../../../../_ui/text-field.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import { replayHref } from "../../../agent-href.ts";
import { promotionParsers } from "../../parts/place-params.ts";
import { useDeployRefusal } from "../../parts/use-place-of-agent.ts";
import { ConfigAcrossPanel } from "./config-across-panel.tsx";

type Plan = StartRolloutInput["plan"];

const analysis = {
  minSample: 100,
  intervalSeconds: 10,
  errorPoints: 1,
  latencyP99Percent: 50,
  latencyIntervals: 3,
};
const gates = { alerts: true, maxBurn: 10, freeze: true };
const plans = {
  quick: {
    label: "Canary: 25 % and 50 %, 30 s each",
    plan: {
      strategy: "canary",
      steps: [step(25, 30, true), step(50, 30, true)],
      analysis,
      gates,
      deadlineSeconds: 1_800,
    },
  },
  careful: {
    label: "Canary: 5, 10, 25 and 50 %, 20 min each",
    plan: {
      strategy: "canary",
      steps: [5, 10, 25, 50].map((weight) => step(weight, 1_200, true)),
      analysis: { ...analysis, minSample: 800, intervalSeconds: 60 },
      gates,
      deadlineSeconds: 86_400,
    },
  },
  rolling: {
    label: "Rolling: 25, 50 and 75 %, 1 min each",
    plan: {
      strategy: "rolling",
      steps: [25, 50, 75].map((weight) => step(weight, 60, false)),
      analysis,
      gates,
      deadlineSeconds: 3_600,
    },
  },
  all: {
    label: "All at once",
    plan: { strategy: "all_at_once", steps: [], analysis, gates, deadlineSeconds: 1_800 },
  },
} satisfies Record<string, { label: string; plan: Plan }>;
type PlanName = keyof typeof plans;

function step(weight: number, seconds: number, analysed: boolean) {
  return { weight, seconds, analysed };
}

type StartPanelProps = { deployment: DeploymentView; rolledBack: ReadonlySet<string> };

/** Chooses a version and how it gets there. What was rolled back is offered last. */
export function StartPanel({ deployment, rolledBack }: StartPanelProps) {
  const { agentId, environment, versions, records, lock } = deployment;
  const trpc = useTRPC();
  const refusal = useDeployRefusal(environment);
  const stable = records.find(({ targeting }) => targeting === "")?.version ?? null;
  const offered = versions
    .filter(({ cid, state }) => cid !== stable && (state === "validated" || state === "deployed"))
    .sort((a, b) => Number(rolledBack.has(a.cid)) - Number(rolledBack.has(b.cid)));
  const [{ version: picked, from }, setPromotion] = useQueryStates(promotionParsers);
  const [name, setName] = useState<PlanName>("quick");
  const [note, setNote] = useState("");
  const version = offered.find(({ cid }) => cid === picked) ?? offered[0];
  const planName = stable === null ? "all" : name;
  const start = useMutation(trpc.rollouts.start.mutationOptions({ onSuccess: () => setNote("") }));
  if (lock) return <LockedBanner deployment={deployment} refusal={refusal} />;
  if (!version) return null;
  const missing = refusal ?? (note.trim() === "" ? "Needs a note" : null);
  return (
    <Sheet {...(environment !== "dev" && { columns: "3fr 2fr" })}>
      <Panel
        title="Start a rollout"
        sub={environment === "prod" ? "a second person approves it" : `to ${environment}`}
      >
        <form
          className="flex flex-wrap items-end gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!missing)
              start.mutate({ agentId, environment, version: version.cid, plan: plans[planName].plan, note });
          }}
        >
          <SelectField
            label="Version"
            value={version.cid}
            options={offered.map(({ cid, semver }) => ({
              value: cid,
              label: `${semver} · ${cid.slice(0, 10)}…${cid.slice(-4)}${rolledBack.has(cid) ? ", rolled back" : ""}`,
            }))}
            onChange={(cid) => void setPromotion({ version: cid })}
          />
          <SelectField
            label="How"
            value={planName}
            options={
              stable === null
                ? [optionOf("all")]
                : [optionOf("quick"), optionOf("careful"), optionOf("rolling"), optionOf("all")]
            }
            onChange={setName}
          />
          <TextField label="Note" value={note} onChange={setNote} maxLength={500} />
          <Button type="submit" kind="primary" refused={missing} isBusy={start.isPending}>
            Start rollout
          </Button>
          {stable !== null && (
            <LinkButton kind="ghost" href={replayHref(agentId, { candidate: version.cid, env: environment })}>
              Replay it first
            </LinkButton>
          )}
        </form>
        {start.isError && (
          <p className="t-crit pt-2" role="alert">
            <Glyph tone="crit" size={9} /> {toShownError(start.error).message}
          </p>
        )}
      </Panel>
      {environment !== "dev" && (
        <ConfigAcrossPanel
          agentId={agentId}
          from={from ?? (environment === "prod" ? "staging" : "dev")}
          to={environment}
        />
      )}
    </Sheet>
  );
}

function optionOf(value: PlanName) {
  return { value, label: plans[value].label };
}

function LockedBanner({ deployment, refusal }: { deployment: DeploymentView; refusal: string | null }) {
  const { agentId, environment, lock } = deployment;
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const unlock = useMutation(trpc.rollouts.unlock.mutationOptions({ onSuccess: () => setAsking(false) }));
  return (
    <>
      <Banner
        tone="warn"
        title="Nothing new is rolled out here."
        actions={
          <Button refused={refusal} onClick={() => setAsking(true)}>
            Release
          </Button>
        }
      >
        Rolled back: {lock?.reason}
      </Banner>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Release rollouts"
        description={`New versions may be rolled out to ${environment} again. Nothing moves by itself.`}
        action="Release"
        asksReason
        isBusy={unlock.isPending}
        error={unlock.isError ? toShownError(unlock.error) : null}
        onConfirm={({ reason }) => unlock.mutate({ agentId, environment, reason })}
      />
    </>
  );
}
