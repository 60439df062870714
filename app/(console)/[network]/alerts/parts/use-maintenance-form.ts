"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Maintenance } from "../../../../../server/features/maintenance/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { draftOf, newDraft, type ReadDraft, readDraft } from "../../../../_shell/time-window/window-draft.ts";
import { notify } from "../../../../_ui/notify.ts";
import { useZone } from "../../../../_ui/zone.ts";
import { useSettled } from "../rules/[rule]/parts/use-settled.ts";

/** Stands in the list of rules for all of them. */
const everyRule = "";

type Form = { network: NetworkName; window: Maintenance | null; onClose: () => void };
type Draft = ReturnType<typeof firstDraft>;

/** The fields of a window, what they mean, and what that would hold. */
export function useMaintenanceForm({ network, window, onClose }: Form) {
  const trpc = useTRPC();
  const clock = useZone();
  const [now] = useState(() => new Date());
  const [draft, setDraft] = useState(() => firstDraft(window, now, clock));
  const { data: known = [] } = useQuery(trpc.alerts.rules.queryOptions({ network }));
  const read = readDraft(draft.time, now, clock);
  const which = whichOf(draft);
  const asked = useSettled({ network, ...which, time: read.kind === "window" ? read.window : null });
  const preview = useQuery(
    trpc.maintenance.preview.queryOptions(asked, {
      enabled: asked.names !== null || asked.rule !== null,
      placeholderData: keepPreviousData,
    }),
  );
  const saving = useSave({ network, window, onClose });
  return {
    draft,
    read,
    refused: refusalOf(draft, read, window !== null) ?? preview.data?.problem ?? null,
    error: saving.error,
    preview: preview.data,
    isSaving: saving.isPending,
    save: () => saving.mutate({ draft, read }),
    set: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })),
    rules: [
      { value: everyRule, label: "Every rule" },
      ...known.map(({ id, title }) => ({ value: id, label: title })),
    ],
  };
}

function firstDraft(window: Maintenance | null, now: Date, clock: Parameters<typeof newDraft>[1]) {
  return {
    title: window?.title ?? "",
    names: window ? (window.names ?? "") : "*",
    rule: window?.rule ?? everyRule,
    reason: "",
    time: window ? draftOf(window.time, now, clock) : newDraft(now, clock),
  };
}

function whichOf({ names, rule }: Draft) {
  return { names: names.trim() || null, rule: rule === everyRule ? null : rule };
}

/** Why it cannot be saved as it stands there. */
function refusalOf(draft: Draft, read: ReadDraft, isChange: boolean): string | null {
  const { names, rule } = whichOf(draft);
  if (draft.title.trim() === "") return "Say what is done";
  if (names === null && rule === null) return "Name a rule, subjects or both";
  if (read.kind === "problem") return read.problem;
  return isChange && draft.reason.trim() === "" ? "Needs a reason" : null;
}

function useSave({ network, window, onClose }: Form) {
  const client = useTRPCClient();
  return useMutation({
    mutationFn: ({ draft, read }: { draft: Draft; read: ReadDraft }) => {
      if (read.kind === "problem") throw new Error(read.problem);
      const definition = { title: draft.title.trim(), ...whichOf(draft), time: read.window };
      if (window === null) return client.maintenance.create.mutate({ network, definition });
      const { id, revision } = window;
      const reason = draft.reason.trim();
      return client.maintenance.update.mutate({ network, id, revision, definition, reason });
    },
    onSuccess: ({ title, holds, state }) => {
      const now = state === "running" ? `${holds} held now` : "begins by itself";
      notify({ tone: "ok", title: `${title}: ${now}` });
      onClose();
    },
  });
}
