"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ReceiverKind } from "../../../../../server/features/notify/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPCClient } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { kindWords } from "./route-words.ts";
import { useRefreshNotify } from "./use-refresh-notify.ts";

const kinds = (["webhook", "slack", "email", "pagerduty"] as const satisfies readonly ReceiverKind[]).map(
  (value) => ({
    value,
    label: kindWords[value],
  }),
);

type Draft = { name: string; kind: ReceiverKind; url: string; to: string; routingKey: string };
const blank: Draft = { name: "", kind: "webhook", url: "", to: "", routingKey: "" };

/** A new receiver; of a webhook the key that signs is shown once, afterwards. */
export function ReceiverDialog({ onClose }: { onClose: () => void }) {
  const client = useTRPCClient();
  const refresh = useRefreshNotify();
  const [draft, setDraft] = useState(blank);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      client.notify.createReceiver.mutate({ name: draft.name.trim(), target: targetOf(draft) }),
    onSuccess: ({ signingSecret }) => {
      void refresh();
      if (signingSecret === null) onClose();
    },
  });
  const problem = problemOf(draft);
  if (data?.signingSecret) return <SigningSecret secret={data.signingSecret} onClose={onClose} />;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New receiver"
      description="Its address is stored encrypted; nobody can read it again."
      onSubmit={() => problem === null && !isPending && mutate()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" refused={problem} isBusy={isPending}>
            Make the receiver
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField label="Name" value={draft.name} onChange={(name) => set({ name })} maxLength={80} />
        <Segmented label="Kind" options={kinds} value={draft.kind} onChange={(kind) => set({ kind })} />
        <AddressFields draft={draft} set={set} />
        {error && (
          <p className="t-crit" role="alert">
            {toShownError(error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function AddressFields({ draft, set }: { draft: Draft; set: (change: Partial<Draft>) => void }) {
  if (draft.kind === "email")
    return (
      <TextField
        label="To"
        hint="Several with commas between."
        value={draft.to}
        onChange={(to) => set({ to })}
      />
    );
  return (
    <>
      <TextField
        label="Address"
        hint={
          draft.kind === "pagerduty"
            ? "Empty = https://events.pagerduty.com/v2/enqueue"
            : "Public addresses only; NOTIFY_ALLOW permits others."
        }
        value={draft.url}
        onChange={(url) => set({ url })}
        isMono
        autoComplete="off"
      />
      {draft.kind === "pagerduty" && (
        <TextField
          label="Routing key"
          type="password"
          autoComplete="off"
          value={draft.routingKey}
          onChange={(routingKey) => set({ routingKey })}
          isMono
        />
      )}
    </>
  );
}

function SigningSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="The key that signs"
      description="Give it to the receiver now: it is not shown again. Each message carries webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks, HMAC-SHA256)."
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="made-link" role="status">
        <code>{secret}</code>
        <Button data-copy={secret}>Copy</Button>
      </div>
    </Dialog>
  );
}

function targetOf({ kind, url, to, routingKey }: Draft) {
  const address = url.trim();
  switch (kind) {
    case "email":
      return { kind, to: to.split(",").map((part) => part.trim()) };
    case "pagerduty":
      return { kind, routingKey: routingKey.trim(), ...(address !== "" && { url: address }) };
    case "webhook":
    case "slack":
      return { kind, url: address };
  }
}

function problemOf({ name, kind, url, to, routingKey }: Draft): string | null {
  if (name.trim() === "") return "Needs a name";
  if (kind === "email") return to.includes("@") ? null : "Needs an address for mail";
  if (kind === "pagerduty") return routingKey.trim() === "" ? "Needs a routing key" : null;
  return /^https?:\/\/./.test(url.trim()) ? null : "Needs an http(s) address";
}
