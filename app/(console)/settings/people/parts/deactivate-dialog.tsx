"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { ConfirmDialog } from "../../../../_ui/confirm-dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { useEnablePerson } from "./use-enable-person.ts";

export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const enable = useEnablePerson(person);
  const disable = useMutation(
    trpc.identity.disablePerson.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
        notify({
          tone: "ok",
          title: `${person.name} is out.`,
          action: { label: "Activate again", run: () => enable.mutate({ personId: person.id }) },
        });
        onClose();
      },
    }),
  );
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Deactivate ${person.name}`}
      description="All sessions and links of the account end at once. Its roles are kept for the day it is activated again."
      action="Deactivate"
      asksReason
      isBusy={disable.isPending}
      error={disable.isError ? toShownError(disable.error) : null}
      onConfirm={({ reason }) => disable.mutate({ personId: person.id, reason })}
    />
  );
}
