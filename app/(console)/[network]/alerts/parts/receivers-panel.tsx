"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Receiver } from "../../../../../server/features/notify/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { ReceiverDialog } from "./receiver-dialog.tsx";
import { kindWords } from "./route-words.ts";
import { useRefreshNotify } from "./use-refresh-notify.ts";

const nothing = {
  title: "No receivers",
  children: "A receiver is where messages go: a webhook, a chat, mail or a pager. All networks share them.",
};

export function ReceiversPanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const refusal = useRefusal("admin", null);
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(trpc.notify.receivers.queryOptions({ network }));
  const receivers = query.data ?? [];
  return (
    <>
      <Panel
        title="Receivers"
        sub="of all networks; addresses and keys are stored encrypted and never shown"
        isFlush
        actions={
          <Button size="small" refused={refusal} onClick={() => setMaking(true)}>
            New receiver
          </Button>
        }
        state={queryState(query, "the receivers", () => (receivers.length > 0 ? null : nothing))}
      >
        <table className="tbl tbl-two" aria-label="Receivers">
          <thead>
            <tr>
              <th scope="col">Receiver</th>
              <th scope="col">Address</th>
              <th scope="col" className="num">
                Routes
              </th>
              <th scope="col" className="num">
                Waiting
              </th>
              <th scope="col">Last message</th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {receivers.map((receiver) => (
              <ReceiverRow key={receiver.id} receiver={receiver} refusal={refusal} />
            ))}
          </tbody>
        </table>
      </Panel>
      {isMaking && <ReceiverDialog onClose={() => setMaking(false)} />}
    </>
  );
}

function ReceiverRow({ receiver, refusal }: { receiver: Receiver; refusal: string | null }) {
  const { name, kind, shown, routes, waiting, last, isEnabled } = receiver;
  return (
    <tr>
      <td>
        <span className="two">
          <span>{name}</span>
          <span className="dim">
            {kindWords[kind]}
            {!isEnabled && ", switched off"}
          </span>
        </span>
      </td>
      <td className="mono">{shown}</td>
      <td className="num">{routes}</td>
      <td className="num">{waiting}</td>
      <td>
        {last === null ? (
          <span className="dim">none yet</span>
        ) : (
          <span className="two">
            <span className={last.state === "failed" ? "t-crit" : undefined}>
              <Glyph tone={last.state === "failed" ? "crit" : "ok"} size={9} />{" "}
              {last.state === "failed" ? "not taken" : "taken"} <Time at={last.at} isQuiet />
            </span>
            <span className="dim truncate">{last.answer}</span>
          </span>
        )}
      </td>
      <td>
        <RowActions receiver={receiver} refusal={refusal} />
      </td>
    </tr>
  );
}

function RowActions({ receiver, refusal }: { receiver: Receiver; refusal: string | null }) {
  const client = useTRPCClient();
  const onSuccess = useRefreshNotify();
  const { id, name, isEnabled, routes } = receiver;
  const onError = (error: Parameters<typeof toShownError>[0]) =>
    notify({ tone: "crit", title: "Not changed", detail: toShownError(error).message });
  const toggle = useMutation({
    mutationFn: () => client.notify.updateReceiver.mutate({ id, isEnabled: !isEnabled }),
    onSuccess,
    onError,
  });
  const removal = useMutation({
    mutationFn: () => client.notify.deleteReceiver.mutate({ id }),
    onSuccess,
    onError,
  });
  return (
    <span className="flex justify-end gap-2">
      <Button
        size="small"
        refused={refusal}
        isBusy={toggle.isPending}
        onClick={() => toggle.mutate()}
        aria-label={`Switch ${name} ${isEnabled ? "off" : "on"}`}
      >
        Switch {isEnabled ? "off" : "on"}
      </Button>
      <Button
        size="small"
        refused={refusal ?? (routes > 0 ? "Routes lead to it" : null)}
        isBusy={removal.isPending}
        onClick={() => removal.mutate()}
        aria-label={`Delete ${name}`}
      >
        Delete
      </Button>
    </span>
  );
}
