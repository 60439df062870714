"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../../../../server/features/identity/schema.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { MadeLink } from "./made-link.tsx";
import { MailedLink } from "./mailed-link.tsx";

/** A new link for somebody who was invited or lost the password: by mail, or to be handed over. */
export function PasswordLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const ways = useQuery(trpc.identity.linkWays.queryOptions());
  const onSuccess = () => void queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
  const create = useMutation(trpc.identity.createPasswordLink.mutationOptions({ onSuccess }));
  const send = useMutation(trpc.identity.mailPasswordLink.mutationOptions({ onSuccess }));
  const who = { personId: person.id };
  const isDone = create.isSuccess || send.isSuccess;
  const error = create.error ?? send.error;
  const isInvited = person.state === "invited";
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isInvited ? `Invite ${person.name} again` : `Password link for ${person.name}`}
      description="Whoever opens it sets a new password, once. Earlier links stop to work; the present password works until then."
      footer={
        isDone ? (
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button kind="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button onClick={() => create.mutate(who)} isBusy={create.isPending}>
              Make the link
            </Button>
            {ways.data?.canMail && (
              <Button kind="primary" onClick={() => send.mutate(who)} isBusy={send.isPending}>
                Send it by mail
              </Button>
            )}
          </>
        )
      }
    >
      {create.isSuccess && <MadeLink link={create.data} name={person.name} />}
      {send.isSuccess && <MailedLink mail={send.data} name={person.name} />}
      {!isDone && error && <Note tone="crit" title={toShownError(error).message} />}
    </Dialog>
  );
}
