"use client";

import { type FormEvent, useEffect, useState } from "react";
import { minPasswordLength } from "../../../server/features/identity/password-rules.ts";
import { Button } from "../../_ui/button.tsx";
import { LinkButton } from "../../_ui/link-button.tsx";
import { Note } from "../note.tsx";
import { PasswordField } from "../password-field.tsx";
import { type AuthAnswer, postAuth } from "../post-auth.ts";

type Attempt = { kind: "idle" } | { kind: "asking" } | AuthAnswer;

export function SetPasswordForm() {
  const secret = useSecretOfLink();
  const [password, setPassword] = useState("");
  const [attempt, setAttempt] = useState<Attempt>({ kind: "idle" });

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (attempt.kind === "asking") return;
    setAttempt({ kind: "asking" });
    setAttempt(await postAuth("password", { secret, password }));
  };

  if (attempt.kind === "done")
    return (
      <>
        <Note tone="info" title="The password is set.">
          Sessions that were open with the old one have ended.
        </Note>
        <LinkButton kind="primary" className="btn-tall" href="/sign-in">
          Sign in
        </LinkButton>
      </>
    );
  return (
    <form className="si-form" method="post" onSubmit={submit} aria-busy={attempt.kind === "asking"}>
      <PasswordField
        label="New password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        minLength={minPasswordLength}
        hint={`At least ${minPasswordLength} characters.`}
        autoFocus
        isTall
      />
      {secret === "" && (
        <Note tone="warn" title="The link is not complete.">
          Open it as you got it, with everything after the # sign.
        </Note>
      )}
      {attempt.kind === "refused" && (
        <Note tone="crit" title={attempt.title}>
          {attempt.requestId && (
            <>
              Request <span className="mono">{attempt.requestId}</span>
            </>
          )}
        </Note>
      )}
      <Button
        type="submit"
        kind="primary"
        className="btn-tall"
        isBusy={attempt.kind === "asking"}
        refused={secret === "" ? "The link is not complete" : null}
      >
        Set password
      </Button>
    </form>
  );
}

/** Taken out of the address at once, so that it stays in no history. Null until the browser has looked. */
function useSecretOfLink(): string | null {
  const [secret, setSecret] = useState<string | null>(null);
  useEffect(() => {
    const found = window.location.hash.slice(1);
    if (found !== "") window.history.replaceState(null, "", window.location.pathname);
    setSecret((known) => known || found);
  }, []);
  return secret;
}
