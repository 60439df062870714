"use client";

import { useMutation } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { MadeLink } from "./made-link.tsx";

export function PasswordLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC();
  const create = useMutation(trpc.identity.createPasswordLink.mutationOptions());
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Password link for ${person.name}`}
      description="Whoever opens it sets a new password, once. Earlier links stop to work; the present password works until then."
      footer={
        create.isSuccess ? (
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button kind="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              kind="primary"
              onClick={() => create.mutate({ personId: person.id })}
              isBusy={create.isPending}
            >
              Make the link
            </Button>
          </>
        )
      }
    >
      {create.isSuccess && <MadeLink link={create.data} name={person.name} />}
      {create.isError && <Note tone="crit" title={toShownError(create.error).message} />}
    </Dialog>
  );
}
