"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { formatDuration } from "../_ui/format/duration.ts";
import { useNow } from "../_ui/now.tsx";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { PasswordField } from "./password-field.tsx";
import { postAuth, type Refusal } from "./post-auth.ts";

type Attempt = { kind: "idle" } | { kind: "asking" } | ({ kind: "refused"; at: number } & Refusal);

type SignInFormProps = {
  /** Where it leads: a path of the console. */
  target: string;
  /** The session of this browser ended while a page was open. */
  isEnded: boolean;
};

export function SignInForm({ target, isEnded }: SignInFormProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [attempt, setAttempt] = useState<Attempt>({ kind: "idle" });
  const passwordInput = useRef<HTMLInputElement>(null);
  const now = useNow();
  const waitMs = waitOf(attempt, now);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (attempt.kind === "asking" || waitMs > 0) return;
    setAttempt({ kind: "asking" });
    const answer = await postAuth("sign-in", { email, password });
    if (answer.kind === "done") {
      // A full load: nothing of the page before is kept in memory.
      window.location.replace(target);
      return;
    }
    setAttempt({ ...answer, at: now });
    setPassword("");
    passwordInput.current?.focus();
  };

  return (
    // Sent before the script is there, it must not put the password into the address.
    <form className="si-form" method="post" onSubmit={submit} aria-busy={attempt.kind === "asking"}>
      {isEnded && attempt.kind === "idle" && (
        <Note tone="info" title="You were signed out.">
          This session was ended, or nobody used it for a day.
        </Note>
      )}
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={setEmail}
        className="field-tall"
      />
      <PasswordField
        ref={passwordInput}
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isTall
      />
      {attempt.kind === "refused" && <Refused {...attempt} waitMs={waitMs} />}
      <Button
        type="submit"
        kind="primary"
        className="btn-tall"
        isBusy={attempt.kind === "asking"}
        refused={waitMs > 0 ? "Too many wrong tries" : null}
      >
        {waitMs > 0 ? `Try again in ${formatDuration(waitMs)}` : "Sign in"}
      </Button>
      <p className="si-foot">
        Every sign-in is written to the audit log, a refused one too. Lost the password? An admin of this
        console can make a link that sets a new one.
      </p>
    </form>
  );
}

function Refused({ title, detail, requestId, retryAfterSeconds, waitMs }: Refusal & { waitMs: number }) {
  if (retryAfterSeconds !== null && waitMs === 0) return null;
  return (
    <Note tone={retryAfterSeconds === null ? "crit" : "warn"} title={title}>
      {detail}
      {requestId && (
        <span className="dim block">
          Request <span className="mono">{requestId}</span>
        </span>
      )}
    </Note>
  );
}

function waitOf(attempt: Attempt, now: number): number {
  if (attempt.kind !== "refused" || attempt.retryAfterSeconds === null) return 0;
  return Math.max(0, attempt.at + attempt.retryAfterSeconds * 1_000 - now);
}
