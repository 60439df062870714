import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { requestCaller } from "../_client/prefetch.tsx";
import { ConsoleEntry } from "../_shell/console-entry.tsx";
import { signInHref } from "../sign-in/return-path.ts";

/** Everything below needs a session. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const caller = await requestCaller();
  if (!caller) redirect(signInHref((await headers()).get("x-console-path") ?? "/"));
  const { id, name, email, grants, preferences } = await caller.identity.me();
  return (
    <Suspense fallback={null}>
      <ConsoleEntry person={{ id, name, email, grants }} preferences={preferences}>
        {children}
      </ConsoleEntry>
    </Suspense>
  );
}
