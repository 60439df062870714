"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { notify } from "../../../../_ui/notify.ts";

export function useEnablePerson(person: Person) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.identity.enablePerson.mutationOptions({
      onSuccess: () => {
        notify({ tone: "ok", title: `${person.name} may sign in again.` });
        return queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
      },
      onError: (error) =>
        notify({ tone: "crit", title: "Nothing was changed.", detail: toShownError(error).message }),
    }),
  );
}
