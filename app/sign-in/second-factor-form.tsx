"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { postAuth, type Refusal } from "./post-auth.ts";
import { StepHead } from "./step-head.tsx";

type SecondFactorFormProps = { challenge: string; onDone: () => void; onBack: () => void };

export function SecondFactorForm({ challenge, onDone, onBack }: SecondFactorFormProps) {
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isAsking) return;
    setAsking(true);
    const answer = await postAuth("second-factor", { challenge, code });
    if (answer.kind === "done") return onDone();
    setAsking(false);
    setRefusal(answer);
    setCode("");
    input.current?.focus();
  };

  return (
    <form className="si-form" method="post" onSubmit={submit} aria-busy={isAsking}>
      <StepHead
        title="Second factor"
        sub={
          isRecovery ? "One of the codes that you kept. Each works once." : "Code from your authenticator."
        }
        back={{ label: "Sign in", onClick: onBack }}
      />
      <TextField
        ref={input}
        key={String(isRecovery)}
        label={isRecovery ? "Recovery code" : "Code"}
        name="one-time-code"
        autoComplete="one-time-code"
        inputMode={isRecovery ? "text" : "numeric"}
        placeholder={isRecovery ? "xxxx-xxxx-xxxx" : "000000"}
        className="field-tall si-code"
        value={code}
        onChange={setCode}
        minLength={6}
        maxLength={20}
        autoFocus
        required
        isMono
      />
      {refusal && (
        <Note tone="crit" title={refusal.title}>
          {refusal.detail}
        </Note>
      )}
      <Button type="submit" kind="primary" className="btn-tall" isBusy={isAsking}>
        Continue
      </Button>
      <button type="button" className="si-link" onClick={() => setRecovery(!isRecovery)}>
        {isRecovery ? "Use the authenticator" : "Use a recovery code"}
      </button>
    </form>
  );
}
