"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { formatDuration } from "../_ui/format/duration.ts";
import { shorten } from "../_ui/format/shorten.ts";
import { useNow } from "../_ui/now.tsx";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { type AuthBody, postAuth } from "./post-auth.ts";
import { StepHead } from "./step-head.tsx";
import { signWithWallet } from "./wallet-extension.ts";
import type { Begun } from "./wallet-steps.tsx";

type WalletMessageProps = {
  begun: Begun;
  onDone: (answer: AuthBody) => void;
  onAgain: () => void;
  onBack: () => void;
};

type Attempt = { kind: "idle" } | { kind: "waiting" } | { kind: "refused"; title: string; isSpent: boolean };

export function WalletMessage({ begun, onDone, onAgain, onBack }: WalletMessageProps) {
  const { chosen, message, expiresAt } = begun;
  const [attempt, setAttempt] = useState<Attempt>({ kind: "idle" });
  const [signature, setSignature] = useState("");
  const [isPasting, setPasting] = useState(chosen.account === null);
  const leftMs = Math.max(0, Date.parse(expiresAt) - useNow());
  const isSpent = leftMs === 0 || (attempt.kind === "refused" && attempt.isSpent);

  const prove = async (proof: string) => {
    const answer = await postAuth("wallet/proof", { message, signature: proof });
    if (answer.kind === "done") onDone(answer.body);
    else setAttempt({ kind: "refused", title: answer.title, isSpent: true });
  };
  const askWallet = async () => {
    if (chosen.account === null) return;
    setAttempt({ kind: "waiting" });
    try {
      await prove(await signWithWallet(chosen.account, message));
    } catch {
      setAttempt({ kind: "refused", title: "The wallet did not sign.", isSpent: false });
    }
  };
  const submitPasted = (event: FormEvent) => {
    event.preventDefault();
    setAttempt({ kind: "waiting" });
    void prove(signature.trim());
  };

  return (
    <form className="si-form" method="post" onSubmit={submitPasted} aria-busy={attempt.kind === "waiting"}>
      <StepHead
        title="Sign this message"
        sub={`with ${chosen.account?.name ?? shorten(chosen.address, 8, 6)}. Check the domain.`}
        back={{ label: "Accounts", onClick: onBack }}
      />
      {attempt.kind === "refused" && <Note tone={attempt.isSpent ? "crit" : "warn"} title={attempt.title} />}
      <pre className="si-message" data-copy={message} title="Copy the message">
        {message}
      </pre>
      <p className="si-foot" role="timer">
        {leftMs === 0 ? "The message has expired." : `Expires in ${formatDuration(leftMs)}, works once.`}
      </p>
      {isSpent ? (
        <Button kind="primary" className="btn-tall" onClick={onAgain}>
          New message
        </Button>
      ) : isPasting ? (
        <>
          <TextField
            label="Signature"
            hint="Hex, of the message as it stands, or wrapped in <Bytes>."
            value={signature}
            onChange={setSignature}
            className="field-tall"
            spellCheck={false}
            autoComplete="off"
            isMono
            required
          />
          <Button type="submit" kind="primary" className="btn-tall" isBusy={attempt.kind === "waiting"}>
            Continue
          </Button>
        </>
      ) : (
        <>
          <Button kind="primary" className="btn-tall" onClick={askWallet} isBusy={attempt.kind === "waiting"}>
            {attempt.kind === "waiting"
              ? `Waiting for ${chosen.account?.wallet}`
              : `Sign with ${chosen.account?.wallet}`}
          </Button>
          <button type="button" className="si-link" onClick={() => setPasting(true)}>
            Sign elsewhere and paste the signature
          </button>
        </>
      )}
    </form>
  );
}
