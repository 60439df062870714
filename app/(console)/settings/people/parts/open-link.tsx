"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Time } from "../../../../_ui/time.tsx";

/** The link that somebody was given or sent: until when it works, and its end. */
export function OpenLink({ person }: { person: Person }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const revoke = useMutation(
    trpc.identity.revokePasswordLink.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
        notify({ tone: "ok", title: `The link of ${person.name} is of no use any more.` });
      },
      onError: (error) =>
        notify({ tone: "crit", title: "The link was not revoked.", detail: toShownError(error).message }),
    }),
  );
  if (person.linkExpiresAt === null) return <span className="dim">none that works</span>;
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span>
        works until <Time at={person.linkExpiresAt} form="instant" />
      </span>
      <Button
        size="small"
        isBusy={revoke.isPending}
        onClick={() => revoke.mutate({ personId: person.id, reason: "" })}
      >
        Revoke
      </Button>
    </span>
  );
}
