"use client";

import type { AlertView } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { BulkBar } from "../../../../_ui/table/bulk-bar.tsx";
import { useKey } from "../../../../_ui/use-key.ts";
import { ReviewButtons } from "./review-buttons.tsx";
import type { ReviewTarget } from "./review-target.ts";
import { snoozeMs } from "./snooze.ts";
import { useReviewActions } from "./use-review-actions.tsx";

type ReviewBarProps = {
  network: NetworkName;
  view: AlertView;
  /** What keys and buttons act on: the selected rows, else the one that is open; null = neither. */
  target: ReviewTarget | null;
  /** Number and names of the selected rows. */
  selected: number;
  names: string;
  onClear: () => void;
};

/** The keys of the queue, and their buttons while rows are selected. */
export function ReviewBar({ network, view, target, selected, names, onClear }: ReviewBarProps) {
  const actions = useReviewActions(network, onClear);
  const isOpenView = view !== "resolved";
  const usable = isOpenView && actions.refusal === null ? target : null;
  const silence = usable?.silence;
  useKey("e", usable && (() => actions.run(usable, { kind: "acknowledge" })));
  useKey("a", usable && (() => actions.assign(usable)));
  useKey("z", usable && (() => actions.run(usable, { kind: "snooze", forMs: snoozeMs })));
  useKey("u", usable && (() => actions.run(usable, { kind: "release" })));
  useKey("s", silence && typeof silence !== "string" ? () => actions.silence(silence) : null);
  return (
    <>
      {selected > 0 && isOpenView && target && (
        <BulkBar count={selected} names={names} onClear={onClear}>
          <ReviewButtons actions={actions} target={target} hasKeys />
        </BulkBar>
      )}
      {actions.dialogs}
    </>
  );
}
