"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { GrantsEditor } from "./grants-editor.tsx";

/** The reason is for the audit log. */
export function ChangeRolesDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [grants, setGrants] = useState(person.grants);
  const [reason, setReason] = useState("");
  const before = person.grants;
  const update = useMutation(
    trpc.identity.updateGrants.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
        const undo = () => update.mutate({ personId: person.id, grants: before, reason: "Taken back" });
        notify({
          tone: "ok",
          title: `The roles of ${person.name} are changed.`,
          action: { label: "Take back", run: undo },
        });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Roles of ${person.name}`}
      width={540}
      onSubmit={() => !update.isPending && update.mutate({ personId: person.id, grants, reason })}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" isBusy={update.isPending}>
            Change roles
          </Button>
        </>
      }
    >
      <GrantsEditor grants={grants} onChange={setGrants} />
      <TextField label="Reason" value={reason} onChange={setReason} maxLength={500} />
      {update.isError && <Note tone="crit" title={toShownError(update.error).message} />}
    </Dialog>
  );
}
