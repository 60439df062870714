"use client";

import { useState } from "react";
import { toShownError } from "../../_client/shown-error.ts";
import { Button } from "../../_ui/button.tsx";
import { Checkbox } from "../../_ui/checkbox.tsx";
import { Dialog } from "../../_ui/dialog.tsx";
import { notify } from "../../_ui/notify.ts";
import { TextField } from "../../_ui/text-field.tsx";
import { useViewChanges } from "./use-views.ts";

/** Keeps the filters, columns, order and time that are shown under a name. */
export function SaveDialog({ page, query, onClose }: { page: string; query: string; onClose: () => void }) {
  const { save } = useViewChanges();
  const [view, setView] = useState({ name: "", isShared: false, isDefault: false });
  const isNamed = view.name.trim() !== "";
  const submit = () => {
    if (!isNamed) return;
    save.mutate(
      { page, query, ...view },
      {
        onSuccess: () => {
          notify({ tone: "ok", title: `“${view.name.trim()}” is saved.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save this view"
      description="Filters, columns, order and time range, as the address has them."
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            kind="primary"
            refused={isNamed ? null : "Needs a name"}
            isBusy={save.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={view.name}
        maxLength={80}
        onChange={(name) => setView({ ...view, name })}
        problem={save.isError ? toShownError(save.error).message : null}
      />
      <Checkbox
        label="Share it with everybody who may see this page"
        isChecked={view.isShared}
        onChange={(isShared) => setView({ ...view, isShared })}
      />
      <Checkbox
        label="Open this page with it"
        isChecked={view.isDefault}
        onChange={(isDefault) => setView({ ...view, isDefault })}
      />
    </Dialog>
  );
}
