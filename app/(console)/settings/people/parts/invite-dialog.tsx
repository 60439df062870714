"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { minPasswordLength } from "../../../../../server/features/identity/password-rules.ts";
import { toShownError } from "../../../../_client/shown-error.ts";
import { useTRPC } from "../../../../_client/trpc.tsx";
import { Button } from "../../../../_ui/button.tsx";
import { Dialog } from "../../../../_ui/dialog.tsx";
import { notify } from "../../../../_ui/notify.ts";
import { Segmented } from "../../../../_ui/segmented.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Note } from "../../../../sign-in/note.tsx";
import { PasswordField } from "../../../../sign-in/password-field.tsx";
import { firstGrant, GrantsEditor } from "./grants-editor.tsx";
import { MadeLink } from "./made-link.tsx";
import { MailedLink } from "./mailed-link.tsx";

type Way = "mail" | "link" | "password";

/** Lets somebody in: by a mail with a link, by a link that is handed over, or with a first password. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [grants, setGrants] = useState([firstGrant]);
  const ways = useQuery(trpc.identity.linkWays.queryOptions());
  const [chosen, setWay] = useState<Way | null>(null);
  const way = chosen ?? (ways.data?.canMail ? "mail" : "link");
  const [password, setPassword] = useState("");
  const create = useMutation(
    trpc.identity.createPerson.mutationOptions({
      onSuccess: ({ person, link }) => {
        void queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter());
        if (link) return;
        notify({ tone: "ok", title: `${person.name} can sign in.` });
        onClose();
      },
    }),
  );
  const invite = useMutation(
    trpc.identity.invitePerson.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.identity.listPeople.queryFilter()),
    }),
  );
  const made = invite.data ?? create.data;
  const mail = invite.data?.mail ?? null;
  const link = create.data?.link ?? null;
  if (made && (mail || link))
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title={`${made.person.name} is invited`}
        footer={<Done onClose={onClose} />}
      >
        {mail && <MailedLink mail={mail} name={made.person.name} />}
        {link && <MadeLink link={link} name={made.person.name} />}
      </Dialog>
    );
  const { isPending } = way === "mail" ? invite : create;
  const error = way === "mail" ? invite.error : create.error;
  const submit = () => {
    if (isPending) return;
    if (way === "mail") invite.mutate({ name, email, grants });
    else create.mutate({ name, email, grants, password: way === "password" ? password : null });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Invite"
      width={540}
      onSubmit={submit}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" isBusy={isPending}>
            {submitWords[way]}
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        required
        maxLength={80}
        autoComplete="off"
        autoFocus
      />
      <TextField label="E-mail" type="email" value={email} onChange={setEmail} required autoComplete="off" />
      <GrantsEditor grants={grants} onChange={setGrants} />
      <div className="field">
        <span className="field-label" aria-hidden="true">
          First password
        </span>
        <div>
          <Segmented
            label="First password"
            value={way}
            onChange={setWay}
            options={ways.data?.canMail ? [byMail, ...otherWays] : otherWays}
          />
        </div>
      </div>
      {way === "password" && (
        <PasswordField
          label="Password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          minLength={minPasswordLength}
          hint={`At least ${minPasswordLength} characters.`}
        />
      )}
      {error && <Note tone="crit" title={toShownError(error).message} />}
    </Dialog>
  );
}

const byMail = { value: "mail", label: "By mail" } as const;
const otherWays = [
  { value: "link", label: "By a link, used once" },
  { value: "password", label: "Set it here" },
] as const;
const submitWords = { mail: "Send the invitation", link: "Make the link", password: "Let in" } as const;

function Done({ onClose }: { onClose: () => void }) {
  return (
    <Button kind="primary" onClick={onClose}>
      Done
    </Button>
  );
}
