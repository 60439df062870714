"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Version } from "../../../../../../../server/features/agents/schema.ts";
import { nextStates } from "../../../../../../../server/features/agents/version-rules.ts";
import { isReplayable } from "../../../../../../../server/features/replays/replay-rules.ts";
import { toShownError } from "../../../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../../../_shell/use-refusal.ts";
import { Button } from "../../../../../../_ui/button.tsx";
import { ConfirmDialog } from "../../../../../../_ui/confirm-dialog.tsx";
import { LinkButton } from "../../../../../../_ui/link-button.tsx";
import { notify } from "../../../../../../_ui/notify.ts";
import { TextField } from "../../../../../../_ui/text-field.tsx";
import { replayHref } from "../../../../agent-href.ts";
import { useDeployToDev } from "../../../../parts/use-deploy-to-dev.ts";
import { CallersNote } from "./callers-note.tsx";

type Act = "validate" | "deprecate" | "archive";

/** What may be done with a version in its state; who may not sees which role is missing. */
export function VersionActions({ version }: { version: Version }) {
  const [asked, setAsked] = useState<Act | null>(null);
  const developer = useRefusal("developer", null);
  const operator = useRefusal("operator", null);
  const rehash = useRehash(version);
  const deploy = useDeployToDev(version);
  const next = nextStates(version.state);
  return (
    <>
      <Button
        size="small"
        refused={developer}
        isBusy={rehash.isPending}
        onClick={() => rehash.mutate(keyOf(version))}
      >
        Re-hash now
      </Button>
      {next.includes("validated") && (
        <Button size="small" refused={developer} onClick={() => setAsked("validate")}>
          {version.state === "draft" ? "Validate" : "Bring back"}
        </Button>
      )}
      {next.includes("deprecated") && (
        <Button size="small" refused={operator} onClick={() => setAsked("deprecate")}>
          Deprecate
        </Button>
      )}
      {next.includes("archived") && (
        <Button size="small" refused={operator} onClick={() => setAsked("archive")}>
          Archive
        </Button>
      )}
      {isReplayable(version.state) && (
        <LinkButton size="small" href={replayHref(version.agentId, { candidate: version.cid })}>
          Replay
        </LinkButton>
      )}
      <Button
        size="small"
        kind="primary"
        refused={deploy.refusal}
        isBusy={deploy.isBusy}
        onClick={deploy.run}
      >
        Deploy to dev
      </Button>
      {asked && <ChangeDialog key={asked} act={asked} version={version} onClose={() => setAsked(null)} />}
    </>
  );
}

function keyOf({ agentId, cid }: Version) {
  return { agentId, cid };
}

function useRehash({ semver }: Version) {
  const trpc = useTRPC();
  return useMutation(
    trpc.agents.verify.mutationOptions({
      onSuccess: () => notify({ tone: "ok", title: `${semver} still hashes to its CIDs.` }),
      onError: (error) =>
        notify({ tone: "crit", title: `${semver} was not verified.`, detail: toShownError(error).message }),
    }),
  );
}

const words: Record<Act, { title: string; action: string; about: string }> = {
  validate: {
    title: "Validate",
    action: "Validate",
    about: "Its bytes are hashed again first. Afterwards a SET may name it.",
  },
  deprecate: {
    title: "Deprecate",
    action: "Deprecate",
    about: "It goes on where it runs, and is given to nothing else. This can be undone.",
  },
  archive: {
    title: "Archive",
    action: "Archive",
    about:
      "It can no longer be deployed. Its files stay and can be fetched for good; it can be brought back.",
  },
};

type ChangeDialogProps = { act: Act; version: Version; onClose: () => void };

function ChangeDialog({ act, version, onClose }: ChangeDialogProps) {
  const trpc = useTRPC();
  const [sunset, setSunset] = useState("");
  const options = { onSuccess: onClose };
  const changes = {
    validate: useMutation(trpc.agents.validate.mutationOptions(options)),
    deprecate: useMutation(trpc.agents.deprecate.mutationOptions(options)),
    archive: useMutation(trpc.agents.archive.mutationOptions(options)),
  };
  const callers = useQuery(
    trpc.deployments.callers.queryOptions(keyOf(version), { enabled: act !== "validate" }),
  );
  const change = changes[act];
  const confirm = (reason: string) => {
    const input = { ...keyOf(version), reason };
    if (act !== "deprecate") return changes[act].mutate(input);
    changes.deprecate.mutate({ ...input, sunsetAt: sunset === "" ? null : `${sunset}T00:00:00.000Z` });
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`${words[act].title} ${version.semver}`}
      description={words[act].about}
      action={words[act].action}
      asksReason
      isBusy={change.isPending}
      error={change.isError ? toShownError(change.error) : null}
      onConfirm={({ reason }) => confirm(reason)}
    >
      {act !== "validate" && <CallersNote callers={callers.data} />}
      {act === "deprecate" && (
        <TextField label="Ends on (UTC, may be left open)" type="date" value={sunset} onChange={setSunset} />
      )}
    </ConfirmDialog>
  );
}
