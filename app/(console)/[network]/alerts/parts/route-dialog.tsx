"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Severity } from "../../../../../server/features/alerts/schema.ts";
import type {
  Grouping,
  Receiver,
  Route,
  RouteDefinition,
} from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Checkbox } from "../../../../_ui/checkbox.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { SelectField } from "../../../settings/select-field.tsx";
import { severityLooks } from "./alert-looks.ts";
import { groupWords, matchersText, parseMatchers } from "./route-words.ts";
import { useRefreshNotify } from "./use-refresh-notify.ts";

const severities = ["critical", "warning", "info"] as const satisfies readonly Severity[];
const groupings = (["alert", "subject", "rule", "network"] as const satisfies readonly Grouping[]).map(
  (value) => ({
    value,
    label: groupWords[value],
  }),
);

type Draft = {
  name: string;
  receiver: string;
  isEnabled: boolean;
  severities: readonly Severity[];
  matchers: string;
  groupBy: Grouping;
  waitS: string;
  everyS: string;
  tellsResolved: boolean;
  title: string;
  line: string;
};

type RouteDialogProps = {
  network: NetworkName;
  /** Null = a new one. */
  route: Route | null;
  receivers: readonly Receiver[];
  onClose: () => void;
};

/** What a route takes, how it groups and words it, beside what that would have been in the last week. */
export function RouteDialog({ network, route, receivers, onClose }: RouteDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(route, receivers));
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const { mutate, remove, isPending, error } = useSaveRoute(network, route, onClose);
  const definition = toDefinition(draft);
  const problem =
    draft.name.trim() === "" ? "Needs a name" : typeof definition === "string" ? definition : null;
  const save = () => {
    if (typeof definition !== "string" && problem === null && !isPending)
      mutate({ name: draft.name.trim(), receiver: draft.receiver, definition });
  };
  return (
    <Dialog
      isOpen
      width={620}
      onClose={onClose}
      title={route ? `Route ${route.name}` : "New route"}
      description="Changes of alerts that fit are told from now on."
      onSubmit={save}
      footer={
        <>
          {route && (
            <Button kind="ghost" isBusy={isPending} onClick={remove}>
              Delete
            </Button>
          )}
          <span className="sp" />
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" refused={problem} isBusy={isPending}>
            {route ? `Save revision ${route.revision + 1}` : "Make the route"}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <RouteFields draft={draft} set={set} receivers={receivers} />
        {typeof definition !== "string" && <Preview network={network} definition={definition} />}
        {error && (
          <p className="t-crit" role="alert">
            {toShownError(error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

type Saved = { name: string; receiver: string; definition: RouteDefinition };

function useSaveRoute(network: NetworkName, route: Route | null, onClose: () => void) {
  const client = useTRPCClient();
  const refresh = useRefreshNotify();
  const save = useMutation({
    mutationFn: (saved: Saved) =>
      route
        ? client.notify.updateRoute.mutate({ network, id: route.id, revision: route.revision, ...saved })
        : client.notify.createRoute.mutate({ network, ...saved }),
    onSuccess: ({ name }) => {
      void refresh();
      notify({ tone: "ok", title: `Route ${name} is saved` });
      onClose();
    },
  });
  const removal = useMutation({
    mutationFn: (id: string) => client.notify.deleteRoute.mutate({ network, id }),
    onSuccess: () => {
      void refresh();
      notify({ tone: "ok", title: "The route is gone" });
      onClose();
    },
  });
  return {
    mutate: save.mutate,
    remove: () => route && removal.mutate(route.id),
    isPending: save.isPending || removal.isPending,
    error: save.error ?? removal.error,
  };
}

type FieldsProps = { draft: Draft; set: (change: Partial<Draft>) => void; receivers: readonly Receiver[] };

function RouteFields({ draft, set, receivers }: FieldsProps) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Name" value={draft.name} onChange={(name) => set({ name })} maxLength={80} />
        <SelectField
          label="Receiver"
          value={draft.receiver}
          options={receivers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(receiver) => set({ receiver })}
        />
      </div>
      <fieldset className="flex flex-wrap gap-4" aria-label="Severities">
        {severities.map((severity) => (
          <Checkbox
            key={severity}
            label={severityLooks[severity].word}
            isChecked={draft.severities.includes(severity)}
            onChange={(isChecked) =>
              set({
                severities: isChecked
                  ? [...draft.severities, severity]
                  : draft.severities.filter((other) => other !== severity),
              })
            }
          />
        ))}
        <span className="dim text-12">none ticked = all</span>
      </fieldset>
      <TextField
        label="Labels"
        hint="alertname = node-*; subject != fsn1-s07. * stands for anything; all must hold."
        value={draft.matchers}
        onChange={(matchers) => set({ matchers })}
        isMono
      />
      <Segmented
        label="One message for"
        options={groupings}
        value={draft.groupBy}
        onChange={(groupBy) => set({ groupBy })}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Wait for others"
          unit="s"
          value={draft.waitS}
          onChange={(waitS) => set({ waitS })}
          inputMode="numeric"
        />
        <TextField
          label="At most one in"
          unit="s"
          value={draft.everyS}
          onChange={(everyS) => set({ everyS })}
          inputMode="numeric"
        />
      </div>
      <TextField
        label="Title"
        hint="Empty = the built-in words. {{ state }} {{ title }} {{ subject }} {{ detail }} {{ severity }} {{ labels.x }}"
        value={draft.title}
        onChange={(title) => set({ title })}
        isMono
      />
      <TextField label="Line for each alert" value={draft.line} onChange={(line) => set({ line })} isMono />
      <span className="flex gap-4">
        <Checkbox
          label="Tell when it is over"
          isChecked={draft.tellsResolved}
          onChange={(tellsResolved) => set({ tellsResolved })}
        />
        <Checkbox
          label="This route is on"
          isChecked={draft.isEnabled}
          onChange={(isEnabled) => set({ isEnabled })}
        />
      </span>
    </>
  );
}

function Preview({ network, definition }: { network: NetworkName; definition: RouteDefinition }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.notify.previewRoute.queryOptions(
      { network, definition },
      { placeholderData: keepPreviousData, retry: false },
    ),
  );
  if (error)
    return (
      <p className="t-crit" role="alert">
        {toShownError(error).message}
      </p>
    );
  if (!data) return null;
  return (
    <section className="sec text-12" aria-label="Preview">
      <p>
        <b>{data.fits}</b> of {data.fired} alerts of the last 7 days fit. As{" "}
        {data.sample ?? "an invented alert"} would be told:
      </p>
      <p className="mt-1 font-medium">{data.title}</p>
      <p className="whitespace-pre-wrap">{data.text}</p>
    </section>
  );
}

function draftOf(route: Route | null, receivers: readonly Receiver[]): Draft {
  const definition = route?.definition;
  return {
    name: route?.name ?? "",
    receiver: route?.receiver.id ?? receivers[0]?.id ?? "",
    isEnabled: definition?.isEnabled ?? true,
    severities: definition?.severities ?? [],
    matchers: matchersText(definition?.matchers ?? []),
    groupBy: definition?.groupBy ?? "subject",
    waitS: String((definition?.waitMs ?? 10_000) / 1_000),
    everyS: String((definition?.everyMs ?? 60_000) / 1_000),
    tellsResolved: definition?.tellsResolved ?? true,
    title: definition?.titleTemplate ?? "",
    line: definition?.lineTemplate ?? "",
  };
}

/** What is wrong, in words, or what is meant. */
function toDefinition(draft: Draft): RouteDefinition | string {
  const matchers = parseMatchers(draft.matchers);
  if (matchers === null) return "A label reads name = pattern or name != pattern";
  const [waitMs, everyMs] = [draft.waitS, draft.everyS].map((text) => Math.round(Number(text) * 1_000));
  if (!isWithin(waitMs, 3_600_000)) return "It can wait 0 to 3600 s";
  if (!isWithin(everyMs, 86_400_000)) return "At most one in 0 to 86400 s";
  const { isEnabled, groupBy, tellsResolved } = draft;
  return {
    ...{ isEnabled, matchers, groupBy, waitMs, everyMs, tellsResolved },
    severities: [...draft.severities],
    titleTemplate: draft.title.trim() || null,
    lineTemplate: draft.line.trim() || null,
  };
}

function isWithin(value: number | undefined, most: number): value is number {
  return value !== undefined && value >= 0 && value <= most;
}
