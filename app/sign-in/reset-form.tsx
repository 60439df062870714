"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { type AuthAnswer, postAuth } from "./post-auth.ts";
import { StepHead } from "./step-head.tsx";

type ResetFormProps = {
  sendsMail: boolean;
  /** The address that was typed before. */
  typed: string;
  onBack: () => void;
};

/** Asks for a link by mail. The answer is the same for every address. */
export function ResetForm({ sendsMail, typed, onBack }: ResetFormProps) {
  const [email, setEmail] = useState(typed);
  const [attempt, setAttempt] = useState<{ kind: "idle" } | { kind: "asking" } | AuthAnswer>({
    kind: "idle",
  });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (attempt.kind === "asking") return;
    setAttempt({ kind: "asking" });
    setAttempt(await postAuth("reset", { email }));
  };

  return (
    <form className="si-form" method="post" onSubmit={submit} aria-busy={attempt.kind === "asking"}>
      <StepHead
        title="Set a new password"
        sub="by a link that comes by mail and works once, within an hour"
        back={{ label: "Sign in", onClick: onBack }}
      />
      {!sendsMail && (
        <Note tone="info" title="This console sends no mail.">
          An admin can make a link for you: Settings, People and roles.
        </Note>
      )}
      {attempt.kind === "done" ? (
        <Note tone="info" title="If the address has an account here, the mail is on its way." />
      ) : (
        sendsMail && (
          <>
            <TextField
              label="E-mail"
              type="email"
              name="email"
              autoComplete="username"
              className="field-tall"
              value={email}
              onChange={setEmail}
              autoFocus
              required
            />
            {attempt.kind === "refused" && (
              <Note tone="crit" title={attempt.title}>
                {attempt.detail}
              </Note>
            )}
            <Button type="submit" kind="primary" className="btn-tall" isBusy={attempt.kind === "asking"}>
              Send the link
            </Button>
          </>
        )
      )}
    </form>
  );
}
