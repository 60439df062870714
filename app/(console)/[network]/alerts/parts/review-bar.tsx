"use client";

import AlarmClock from "lucide-react/icons/alarm-clock";
import BellOff from "lucide-react/icons/bell-off";
import Check from "lucide-react/icons/check";
import Undo2 from "lucide-react/icons/undo-2";
import UserPlus from "lucide-react/icons/user-plus";
import { useState } from "react";
import type { Alert, AlertView } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { Button } from "../../../../_ui/button.tsx";
import { BulkBar } from "../../../../_ui/table/bulk-bar.tsx";
import { useKey } from "../../../../_ui/use-key.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { SilenceDialog } from "./silence-dialog.tsx";
import { snoozeMs } from "./snooze.ts";
import { useReview } from "./use-review.ts";

type ReviewBarProps = {
  network: NetworkName;
  view: AlertView;
  /** What keys and buttons act on: the selected rows, else the one that is open. */
  alerts: readonly Alert[];
  selected: number;
  onClear: () => void;
};

/** The keys of the queue, and their buttons while rows are selected. */
export function ReviewBar({ network, view, alerts, selected, onClear }: ReviewBarProps) {
  const review = useReview(network);
  const [silenced, setSilenced] = useState<Alert | null>(null);
  const [assigned, setAssigned] = useState<readonly Alert[] | null>(null);
  const isOpenView = view !== "resolved";
  const run = (what: Parameters<typeof review.run>[1]) => {
    review.run(alerts, what);
    onClear();
  };
  const can = isOpenView && review.refusal === null && alerts.length > 0;
  const [only] = alerts;
  const canSilence = can && alerts.length === 1 && only !== undefined;
  useKey("e", can ? () => run({ kind: "acknowledge" }) : null);
  useKey("a", can ? () => setAssigned(alerts) : null);
  useKey("z", can ? () => run({ kind: "snooze", forMs: snoozeMs }) : null);
  useKey("u", can ? () => run({ kind: "release" }) : null);
  useKey("s", canSilence ? () => setSilenced(only) : null);
  return (
    <>
      {selected > 0 && isOpenView && (
        <BulkBar
          count={selected}
          names={alerts.map(({ subject }) => subject.name).join(", ")}
          onClear={onClear}
        >
          <Button
            size="small"
            icon={Check}
            shortcut="e"
            refused={review.refusal}
            onClick={() => run({ kind: "acknowledge" })}
          >
            Acknowledge
          </Button>
          <Button
            size="small"
            icon={UserPlus}
            shortcut="a"
            refused={review.refusal}
            onClick={() => setAssigned(alerts)}
          >
            Assign
          </Button>
          <Button
            size="small"
            icon={AlarmClock}
            shortcut="z"
            refused={review.refusal}
            onClick={() => run({ kind: "snooze", forMs: snoozeMs })}
          >
            Snooze 1 h
          </Button>
          {canSilence && (
            <Button size="small" icon={BellOff} shortcut="s" onClick={() => setSilenced(only)}>
              Silence
            </Button>
          )}
          <Button
            size="small"
            icon={Undo2}
            shortcut="u"
            refused={review.refusal}
            onClick={() => run({ kind: "release" })}
          >
            Back to queue
          </Button>
        </BulkBar>
      )}
      {assigned && (
        <AssignDialog
          network={network}
          alerts={assigned}
          onClose={() => setAssigned(null)}
          onDone={onClear}
        />
      )}
      {silenced && <SilenceDialog network={network} alert={silenced} onClose={() => setSilenced(null)} />}
    </>
  );
}
