"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionRow } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { signOut } from "../../../../_shell/sign-out.ts";
import { Button } from "../../../../_ui/button.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { QueryPanel } from "../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../_ui/sheet.tsx";
import { SessionTable } from "../../session-table.tsx";

/** Where one is signed in. Ending a session needs no confirmation: signing in again is the way back. */
export function OwnSessions() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const sessions = useQuery(trpc.identity.listOwnSessions.queryOptions({}));
  const settled = {
    onSettled: () => queryClient.invalidateQueries(trpc.identity.listOwnSessions.queryFilter()),
    onError: (error: unknown) =>
      notify({ tone: "crit", title: "No session was ended.", detail: toShownError(error).message }),
  };
  const one = useMutation(trpc.identity.revokeOwnSession.mutationOptions(settled));
  const others = useMutation(
    trpc.identity.revokeOtherSessions.mutationOptions({
      ...settled,
      onSuccess: ({ ended }) => notify({ tone: "ok", title: `${ended} sessions ended.` }),
    }),
  );
  const end = (session: SessionRow) =>
    session.isCurrent ? void signOut() : one.mutate({ sessionId: session.id });
  return (
    <Sheet>
      <QueryPanel
        title="Sessions"
        sub="a revoked one is out within 5 s, its live connection too"
        query={sessions}
        what="your sessions"
        isFlush
        actions={
          <Button
            size="small"
            onClick={() => others.mutate()}
            isBusy={others.isPending}
            refused={sessions.data?.rows.length === 1 ? "There is no other session" : null}
          >
            Revoke all others
          </Button>
        }
      >
        {({ rows }) => (
          <SessionTable
            label="Your sessions"
            sessions={rows}
            endingId={one.isPending ? one.variables.sessionId : null}
            onEnd={end}
          />
        )}
      </QueryPanel>
    </Sheet>
  );
}
