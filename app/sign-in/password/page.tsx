import type { Metadata } from "next";
import { SignInFrame } from "../sign-in-frame.tsx";
import { StepHead } from "../step-head.tsx";
import { SetPasswordForm } from "./set-password-form.tsx";

export const metadata: Metadata = { title: "Set a password" };

/** Where the link of an invitation leads. Its secret is in the fragment, so only the browser has it. */
export default function SetPasswordPage() {
  return (
    <SignInFrame>
      <StepHead title="Set a password" sub="for the account that the link was made for" />
      <SetPasswordForm />
    </SignInFrame>
  );
}
