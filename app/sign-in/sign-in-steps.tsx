"use client";

import KeyRound from "lucide-react/icons/key-round";
import Wallet from "lucide-react/icons/wallet";
import { type ReactNode, useState } from "react";
import type { SignInWays } from "../_client/server-slot.ts";
import { Button } from "../_ui/button.tsx";
import { Note } from "./note.tsx";
import { type AuthBody, postAuth } from "./post-auth.ts";
import { ResetForm } from "./reset-form.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { StepHead } from "./step-head.tsx";
import { WalletSteps } from "./wallet-steps.tsx";

type Step =
  | { kind: "ways" }
  | { kind: "wallet" }
  | { kind: "reset"; email: string }
  | { kind: "code"; challenge: string };

type SignInStepsProps = {
  /** Where it leads: a path of the console. */
  target: string;
  sub: ReactNode;
  /** The session of this browser ended while a page was open. */
  isEnded: boolean;
  /** Why the identity provider's answer was refused, when the browser comes back from there. */
  providerRefusal: string | null;
  ways: SignInWays;
};

/** One column, one step at a time: the ways, and what each of them asks. */
export function SignInSteps({ target, sub, isEnded, providerRefusal, ways }: SignInStepsProps) {
  const [step, setStep] = useState<Step>({ kind: "ways" });
  const toWays = () => setStep({ kind: "ways" });
  // A full load: nothing of the page before is kept in memory.
  const enter = () => window.location.replace(target);
  const proceed = ({ challenge }: AuthBody) => (challenge ? setStep({ kind: "code", challenge }) : enter());
  switch (step.kind) {
    case "wallet":
      return <WalletSteps onDone={proceed} onBack={toWays} />;
    case "code":
      return <SecondFactorForm challenge={step.challenge} onDone={enter} onBack={toWays} />;
    case "reset":
      return <ResetForm sendsMail={ways.sendsMail} typed={step.email} onBack={toWays} />;
    case "ways":
      return (
        <>
          <StepHead title="Sign in" sub={sub} />
          {isEnded && (
            <Note tone="info" title="You were signed out.">
              This session was ended, or nobody used it for a day.
            </Note>
          )}
          {providerRefusal && <ProviderRefusal why={providerRefusal} name={ways.providerName} />}
          <div className="si-ways">
            {ways.providerName !== null && <ProviderButton name={ways.providerName} target={target} />}
            <Button icon={Wallet} className="btn-tall" onClick={() => setStep({ kind: "wallet" })}>
              Continue with a wallet
            </Button>
          </div>
          <div className="si-or">or with e-mail</div>
          <SignInForm onDone={proceed} onForgot={(email) => setStep({ kind: "reset", email })} />
        </>
      );
  }
}

function ProviderButton({ name, target }: { name: string; target: string }) {
  const [attempt, setAttempt] = useState<{ isAsking: boolean; problem: string | null }>({
    isAsking: false,
    problem: null,
  });
  const begin = async () => {
    setAttempt({ isAsking: true, problem: null });
    const answer = await postAuth("oidc/start", { returnTo: target });
    if (answer.kind === "done" && answer.body.address) window.location.assign(answer.body.address);
    else setAttempt({ isAsking: false, problem: answer.kind === "refused" ? answer.title : null });
  };
  return (
    <>
      <Button icon={KeyRound} className="btn-tall" onClick={begin} isBusy={attempt.isAsking}>
        Continue with {name}
      </Button>
      {attempt.problem && <Note tone="crit" title={attempt.problem} />}
    </>
  );
}

const refusals: ReadonlyMap<string, string> = new Map([
  ["answer", "Its answer was not valid. Nothing was signed in."],
  ["expired", "It took too long, or was begun in another browser. Begin again."],
  ["no-access", "You have no access here yet. Ask an admin of this console."],
  ["unreachable", "It did not answer. Try again in a moment."],
]);

function ProviderRefusal({ why, name }: { why: string; name: string | null }) {
  const words = refusals.get(why);
  if (!words) return null;
  return (
    <Note
      tone={why === "no-access" ? "warn" : "crit"}
      title={`${name ?? "The provider"} did not sign you in.`}
    >
      {words}
    </Note>
  );
}
