"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { formatDuration } from "../_ui/format/duration.ts";
import { useNow } from "../_ui/now.tsx";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { PasswordField } from "./password-field.tsx";
import { type AuthBody, postAuth, type Refusal } from "./post-auth.ts";

type Attempt = { kind: "idle" } | { kind: "asking" } | ({ kind: "refused"; at: number } & Refusal);

type SignInFormProps = {
  /** With what the server says: perhaps that a second factor has to follow. */
  onDone: (answer: AuthBody) => void;
  /** With the address that was typed so far. */
  onForgot: (email: string) => void;
};

export function SignInForm({ onDone, onForgot }: SignInFormProps) {
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
    if (answer.kind === "done") return onDone(answer.body);
    setAttempt({ ...answer, at: now });
    setPassword("");
    passwordInput.current?.focus();
  };

  return (
    // Sent before the script is there, it must not put the password into the address.
    <form className="si-form" method="post" onSubmit={submit} aria-busy={attempt.kind === "asking"}>
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
      <button type="button" className="si-link si-forgot" onClick={() => onForgot(email)}>
        Forgot it
      </button>
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
      <p className="si-foot">Every sign-in is written to the audit log, a refused one too.</p>
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
