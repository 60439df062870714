"use client";

import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Maintenance } from "../../../../../server/features/maintenance/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC, useTRPCClient } from "../../../../_client/trpc.tsx";
import { WindowState } from "../../../../_shell/time-window/window-state.tsx";
import { windowWords } from "../../../../_shell/time-window/window-words.ts";
import { useRefusal } from "../../../../_shell/use-refusal.ts";
import { Button } from "../../../../_ui/button.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Panel } from "../../../../_ui/panel.tsx";
import { queryState } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { StatusWord } from "../../../../_ui/status-word.tsx";
import { useZone } from "../../../../_ui/zone.ts";
import { MaintenanceDialog } from "./maintenance-dialog.tsx";

const nothing = {
  title: "No maintenance windows",
  children:
    "A window says when something is worked on, once or each week. Alerts within it tell nobody until it is over.",
};

/** What is worked on now, what is to come, and what was. */
export function MaintenancePanel({ network }: { network: NetworkName }) {
  const trpc = useTRPC();
  const refusal = useRefusal("operator", network);
  const [edited, setEdited] = useState<Maintenance | "new" | null>(null);
  const pages = useInfiniteQuery(
    trpc.maintenance.list.infiniteQueryOptions({ network }, { getNextPageParam: (page) => page.next }),
  );
  const windows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Sheet>
      <Panel
        title="Maintenance windows"
        sub="those that end last come first"
        isFlush
        actions={
          <Button size="small" refused={refusal} onClick={() => setEdited("new")}>
            New window
          </Button>
        }
        state={queryState(pages, "the maintenance windows", () => (windows.length > 0 ? null : nothing))}
      >
        <table className="tbl tbl-two" aria-label="Maintenance windows">
          <thead>
            <tr>
              <th scope="col">Window</th>
              <th scope="col">When</th>
              <th scope="col">Now</th>
              <th scope="col">By</th>
              <th scope="col" className="num">
                Held now
              </th>
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {windows.map((window) => (
              <WindowRow
                key={window.id}
                network={network}
                window={window}
                refusal={refusal}
                onEdit={() => setEdited(window)}
              />
            ))}
          </tbody>
        </table>
        {pages.hasNextPage && (
          <div className="px-4 py-2">
            <Button size="small" isBusy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </Panel>
      {edited !== null && (
        <MaintenanceDialog
          network={network}
          window={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Sheet>
  );
}

type WindowRowProps = {
  network: NetworkName;
  window: Maintenance;
  refusal: string | null;
  onEdit: () => void;
};

function WindowRow({ network, window, refusal, onEdit }: WindowRowProps) {
  const clock = useZone();
  const { title, rule, names, time, state, changedBy, revision } = window;
  return (
    <tr>
      <td>
        <span className="two">
          <span>{title}</span>
          <span className="dim">
            {names === "*" ? "everything" : (names ?? "every subject")}, {rule ?? "every rule"}
          </span>
        </span>
      </td>
      <td suppressHydrationWarning>{windowWords(time, clock)}</td>
      <td>
        <WindowState window={window} running={<StatusWord tone="info">running</StatusWord>} />
      </td>
      <td>
        <span className="two">
          <span>{changedBy}</span>
          <span className="dim">rev {revision}</span>
        </span>
      </td>
      <td className="num">{window.holds}</td>
      <td>
        {state !== "ended" && (
          <span className="flex justify-end gap-2">
            <Button size="small" refused={refusal} onClick={onEdit} aria-label={`Change ${title}`}>
              Change
            </Button>
            <EndButton network={network} window={window} refusal={refusal} />
          </span>
        )}
      </td>
    </tr>
  );
}

/** Back to safety: one click. What it held and still fires is told at once. */
function EndButton({ network, window, refusal }: Omit<WindowRowProps, "onEdit">) {
  const client = useTRPCClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => client.maintenance.end.mutate({ network, id: window.id }),
    onSuccess: ({ title }) => notify({ tone: "ok", title: `${title} has ended` }),
    onError: (error) => notify({ tone: "crit", title: "Not ended", detail: toShownError(error).message }),
  });
  return (
    <Button
      size="small"
      refused={refusal}
      isBusy={isPending}
      onClick={() => mutate()}
      aria-label={`End ${window.title} now`}
    >
      End now
    </Button>
  );
}
