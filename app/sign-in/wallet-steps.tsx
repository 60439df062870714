"use client";

import "./sign-in.css";
import { useState } from "react";
import { type AuthBody, postAuth } from "./post-auth.ts";
import { WalletAccounts } from "./wallet-accounts.tsx";
import type { WalletAccount } from "./wallet-extension.ts";
import { WalletMessage } from "./wallet-message.tsx";

export type Chosen = { address: string; account: WalletAccount | null };
export type Begun = { chosen: Chosen; message: string; expiresAt: string };

type WalletStepsProps = {
  /** Adds the account to who is signed in, instead of signing in. */
  isLink?: boolean;
  onDone: (answer: AuthBody) => void;
  onBack?: () => void;
};

/** Choose an account, then sign a message with it: in the browser's wallet, or elsewhere. */
export function WalletSteps({ isLink = false, onDone, onBack }: WalletStepsProps) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const begin = async (chosen: Chosen) => {
    setProblem(null);
    const answer = await postAuth("wallet/message", { address: chosen.address, isLink });
    if (answer.kind === "refused") return setProblem(answer.title);
    const { message = "", expiresAt = "" } = answer.body;
    setBegun({ chosen, message, expiresAt });
  };

  if (begun === null) return <WalletAccounts problem={problem} onChoose={begin} onBack={onBack} />;
  return (
    <WalletMessage
      key={begun.message}
      begun={begun}
      onDone={onDone}
      onAgain={() => void begin(begun.chosen)}
      onBack={() => setBegun(null)}
    />
  );
}
