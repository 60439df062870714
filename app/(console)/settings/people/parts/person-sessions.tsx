"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { PeekSection } from "../../../../_ui/peek.tsx";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { SessionTable } from "../../session-table.tsx";

/** Where the person is signed in; each session and all of them can be ended. */
export function PersonSessions({ person }: { person: Person }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const personId = person.id;
  const sessions = useQuery(trpc.identity.listSessionsOf.queryOptions({ personId }));
  const revoke = useMutation(
    trpc.identity.revokeSessionsOf.mutationOptions({
      onSuccess: ({ ended }) =>
        notify({ tone: "ok", title: ended === 1 ? "1 session ended." : `${ended} sessions ended.` }),
      onError: (error) =>
        notify({ tone: "crit", title: "No session was ended.", detail: toShownError(error).message }),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(trpc.identity.listSessionsOf.queryFilter({ personId })),
          queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter()),
        ]),
    }),
  );
  const ending = revoke.isPending ? (revoke.variables.sessionId ?? null) : null;
  return (
    <PeekSection>
      <QueryPanel
        title="Sessions"
        query={sessions}
        what="sessions"
        isFlush
        emptyWhen={({ rows }) =>
          rows.length > 0
            ? null
            : { title: "No open session", children: `${person.name} is not signed in anywhere.` }
        }
        actions={
          <Button
            size="small"
            kind="danger"
            onClick={() => revoke.mutate({ personId })}
            isBusy={revoke.isPending && ending === null}
          >
            Revoke all
          </Button>
        }
      >
        {({ rows }) => (
          <SessionTable
            label={`Sessions of ${person.name}`}
            sessions={rows}
            endingId={ending}
            onEnd={(session) => revoke.mutate({ personId, sessionId: session.id })}
          />
        )}
      </QueryPanel>
    </PeekSection>
  );
}
