"use client";

import { useState } from "react";
import type { SavedViewRow } from "../../../server/features/views/schema.ts";
import { toShownError } from "../../_client/shown-error.ts";
import { Button } from "../../_ui/button.tsx";
import { Checkbox } from "../../_ui/checkbox.tsx";
import { Dialog } from "../../_ui/dialog.tsx";
import { notify } from "../../_ui/notify.ts";
import { TextField } from "../../_ui/text-field.tsx";
import { useViewChanges, useViews } from "./use-views.ts";
import { viewsOf } from "./view-words.ts";

type ManageDialogProps = { page: string; query: string; onClose: () => void };

/** The person's own views of a page; each change acts at once, and a deleted one can be put back. */
export function ManageDialog({ page, query, onClose }: ManageDialogProps) {
  const own = viewsOf(useViews(), page).filter(({ isOwn }) => isOwn);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Your views of this page"
      width={560}
      footer={
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {own.length === 0 && <p className="sec">None is left.</p>}
      {own.map((view) => (
        <OwnView key={view.id} view={view} query={query} />
      ))}
    </Dialog>
  );
}

function OwnView({ view, query }: { view: SavedViewRow; query: string }) {
  const { save, update, remove } = useViewChanges();
  const [name, setName] = useState(view.name);
  const { id, isShared, isDefault, page } = view;
  const isRenamed = name.trim() !== "" && name.trim() !== view.name;
  const failure = update.error ?? remove.error;
  const deleteIt = () =>
    remove.mutate(
      { id },
      {
        onSuccess: () =>
          notify({
            tone: "ok",
            title: `“${view.name}” is deleted.`,
            action: {
              label: "Put it back",
              run: () => save.mutate({ page, name: view.name, query: view.query, isShared, isDefault }),
            },
          }),
      },
    );
  return (
    <form
      className="grid gap-1.5 border-b border-hairline pb-3"
      aria-label={view.name}
      onSubmit={(event) => {
        event.preventDefault();
        if (isRenamed) update.mutate({ id, name });
      }}
    >
      <TextField
        label="Name"
        value={name}
        maxLength={80}
        onChange={setName}
        problem={failure ? toShownError(failure).message : null}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Checkbox
          label="Shared"
          isChecked={isShared}
          onChange={(next) => update.mutate({ id, isShared: next })}
        />
        <Checkbox
          label="Default"
          isChecked={isDefault}
          onChange={(next) => update.mutate({ id, isDefault: next })}
        />
        <span className="ml-auto flex gap-1.5">
          {isRenamed && (
            <Button type="submit" size="small" isBusy={update.isPending}>
              Rename
            </Button>
          )}
          {query !== view.query && (
            <Button size="small" onClick={() => update.mutate({ id, query })}>
              Replace by what is shown
            </Button>
          )}
          <Button size="small" kind="danger" onClick={deleteIt} isBusy={remove.isPending}>
            Delete
          </Button>
        </span>
      </div>
    </form>
  );
}
