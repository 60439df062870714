"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
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

type Way = "link" | "password";

/** Lets somebody in. With a link the password is theirs alone; without mail it has to be handed over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [grants, setGrants] = useState([firstGrant]);
  const [way, setWay] = useState<Way>("link");
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
  const made = create.data;
  if (made?.link)
    return (
      <Dialog
        isOpen
        onClose={onClose}
        title={`${made.person.name} is invited`}
        footer={<Done onClose={onClose} />}
      >
        <MadeLink link={made.link} name={made.person.name} />
      </Dialog>
    );
  const submit = () => {
    if (!create.isPending)
      create.mutate({ name, email, grants, password: way === "password" ? password : null });
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
          <Button type="submit" kind="primary" isBusy={create.isPending}>
            {way === "link" ? "Make the link" : "Let in"}
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
            options={[
              { value: "link", label: "By a link, used once" },
              { value: "password", label: "Set it here" },
            ]}
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
      {create.isError && <Note tone="crit" title={toShownError(create.error).message} />}
    </Dialog>
  );
}

function Done({ onClose }: { onClose: () => void }) {
  return (
    <Button kind="primary" onClick={onClose}>
      Done
    </Button>
  );
}
