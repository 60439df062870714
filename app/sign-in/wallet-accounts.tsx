"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "../_ui/button.tsx";
import { shorten } from "../_ui/format/shorten.ts";
import { TextField } from "../_ui/text-field.tsx";
import { Note } from "./note.tsx";
import { StepHead } from "./step-head.tsx";
import { hasWallets, listWalletAccounts, type WalletAccount } from "./wallet-extension.ts";
import type { Chosen } from "./wallet-steps.tsx";

type WalletAccountsProps = {
  problem: string | null;
  onChoose: (chosen: Chosen) => Promise<void>;
  onBack: (() => void) | undefined;
};

export function WalletAccounts({ problem, onChoose, onBack }: WalletAccountsProps) {
  const accounts = useWalletAccounts();
  const [chosen, setChosen] = useState<WalletAccount | null>(null);
  const [typed, setTyped] = useState("");
  const [isAsking, setAsking] = useState(false);
  const address = typed.trim() || chosen?.address || "";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isAsking || address === "") return;
    setAsking(true);
    await onChoose({ address, account: typed.trim() ? null : chosen });
    setAsking(false);
  };

  return (
    <form className="si-form" method="post" onSubmit={submit} aria-busy={isAsking}>
      <StepHead
        title="Choose an account"
        sub={subOf(accounts)}
        {...(onBack ? { back: { label: "All ways", onClick: onBack } } : {})}
      />
      {accounts !== null && accounts.length > 0 && (
        <fieldset className="si-accounts">
          <legend className="sr-only">Accounts of this browser</legend>
          {accounts.map((account) => (
            <label key={`${account.wallet} ${account.address}`}>
              <input
                type="radio"
                name="account"
                checked={chosen === account && typed.trim() === ""}
                onChange={() => {
                  setChosen(account);
                  setTyped("");
                }}
              />
              <span className="two">
                <b>{account.name ?? account.wallet}</b>
                <span className="mono dim">{shorten(account.address, 8, 6)}</span>
              </span>
              <span className="dim">{account.scheme}</span>
            </label>
          ))}
        </fieldset>
      )}
      <TextField
        label="Or another account"
        placeholder="Address with prefix 54 or 42, or hex"
        value={typed}
        onChange={setTyped}
        className="field-tall"
        spellCheck={false}
        autoComplete="off"
        isMono
      />
      {problem && <Note tone="crit" title={problem} />}
      <Button
        type="submit"
        kind="primary"
        className="btn-tall"
        isBusy={isAsking}
        refused={address === "" ? "Choose an account first" : null}
      >
        Continue
      </Button>
      <p className="si-foot">Whether an account may sign in is said only after it has signed.</p>
    </form>
  );
}

/** Null while the wallets of the browser are asked. */
function useWalletAccounts(): readonly WalletAccount[] | null {
  const [accounts, setAccounts] = useState<readonly WalletAccount[] | null>(null);
  useEffect(() => {
    let isGone = false;
    if (!hasWallets()) setAccounts([]);
    else
      void listWalletAccounts().then((found) => {
        if (!isGone) setAccounts(found);
      });
    return () => {
      isGone = true;
    };
  }, []);
  return accounts;
}

function subOf(accounts: readonly WalletAccount[] | null): string {
  if (accounts === null) return "Asking the wallets of this browser";
  if (accounts.length === 0)
    return "No wallet in this browser offers an account. Name one and sign elsewhere.";
  const names = [...new Set(accounts.map(({ wallet }) => wallet))].join(" and ");
  return `${accounts.length} ${accounts.length === 1 ? "account" : "accounts"} from ${names}`;
}
