"use client";

import { type FormEvent, useState } from "react";
import { toShownError } from "../../../../_client/shown-error.ts";
import { Button } from "../../../../_ui/button.tsx";
import { TextField } from "../../../../_ui/text-field.tsx";
import { Note } from "../../../../sign-in/note.tsx";

type CodeFormProps = {
  /** The verb on the button. */
  action: string;
  mutation: { mutate: (input: { code: string }) => void; isPending: boolean; error: unknown };
  onCancel: () => void;
};

/** A code of the authenticator, or a recovery code. */
export function CodeForm({ action, mutation, onCancel }: CodeFormProps) {
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (mutation.isPending) return;
    mutation.mutate({ code });
    setCode("");
  };
  return (
    <form className="grid gap-3" method="post" onSubmit={submit}>
      <TextField
        label="Code"
        name="one-time-code"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        minLength={6}
        maxLength={20}
        autoFocus
        required
        isMono
      />
      {mutation.error != null && <Note tone="crit" title={toShownError(mutation.error).message} />}
      <div className="flex gap-2">
        <Button type="submit" kind="primary" isBusy={mutation.isPending}>
          {action}
        </Button>
        <Button kind="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
