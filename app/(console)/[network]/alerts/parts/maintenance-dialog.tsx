"use client";

import type { Maintenance, MaintenancePreview } from "../../../../../server/features/maintenance/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { WindowFields } from "../../../../_shell/time-window/window-fields.tsx";
import { spanWords } from "../../../../_shell/time-window/window-words.ts";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { useZone } from "../../../../_ui/zone.ts";
import { SelectField } from "../../../settings/select-field.tsx";
import { MatchPreview } from "./match-preview.tsx";
import { useMaintenanceForm } from "./use-maintenance-form.ts";

type MaintenanceDialogProps = {
  network: NetworkName;
  /** Null = a new one. */
  window: Maintenance | null;
  onClose: () => void;
};

/** What is worked on and when, beside what that would hold now. */
export function MaintenanceDialog({ network, window, onClose }: MaintenanceDialogProps) {
  const form = useMaintenanceForm({ network, window, onClose });
  const { draft, set, refused } = form;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width={600}
      title={window ? `Change ${window.title}` : "New maintenance window"}
      description="Alerts within it keep their state and tell nobody. What still fires at its end is told then, once."
      onSubmit={() => refused === null && !form.isSaving && form.save()}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" isBusy={form.isSaving} refused={refused}>
            {window ? "Save" : "Make the window"}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <TextField
          label="What is done"
          value={draft.title}
          onChange={(title) => set({ title })}
          maxLength={120}
          placeholder="Kafka upgrade, CHG-1042"
        />
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(10rem,100%),1fr))] gap-3">
          <TextField
            label="Names of what is worked on"
            isMono
            value={draft.names}
            onChange={(names) => set({ names })}
            maxLength={200}
            hint="fsn1-* is all that begins so, * is everything"
          />
          <SelectField
            label="Rule"
            value={draft.rule}
            options={form.rules}
            onChange={(rule) => set({ rule })}
          />
        </div>
        <WindowFields
          draft={draft.time}
          read={form.read}
          onChange={(change) => set({ time: { ...draft.time, ...change } })}
        />
        {window && (
          <TextField
            label="Reason of the change"
            value={draft.reason}
            onChange={(reason) => set({ reason })}
            maxLength={500}
            hint="Stands in the audit log."
          />
        )}
        {form.preview && <Preview preview={form.preview} />}
        {form.error && (
          <p className="t-crit" role="alert">
            {toShownError(form.error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Preview({ preview }: { preview: MaintenancePreview }) {
  const clock = useZone();
  return (
    <div className="sec text-12">
      <MatchPreview preview={preview} verb="Holds" />
      {preview.problem && <p className="t-warn">{preview.problem}</p>}
      {preview.times.length > 0 && (
        <p>Takes place {preview.times.map((span) => spanWords(span, clock)).join("; ")}.</p>
      )}
    </div>
  );
}
