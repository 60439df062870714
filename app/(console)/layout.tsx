import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { requestMe } from "../_client/prefetch.tsx";
import { AccountLooks } from "../_shell/account-looks.tsx";
import { ConsoleEntry } from "../_shell/console-entry.tsx";
import { nonceOf } from "../nonce-of.ts";
import { signInHref } from "../sign-in/return-path.ts";

/** Everything below needs a session. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const me = await requestMe();
  if (!me) redirect(signInHref((await headers()).get("x-console-path") ?? "/"));
  const { id, name, email, grants, preferences } = me;
  return (
    <Suspense fallback={null}>
      <AccountLooks preferences={preferences} nonce={nonceOf(await headers())} />
      <ConsoleEntry person={{ id, name, email, grants }} preferences={preferences}>
        {children}
      </ConsoleEntry>
    </Suspense>
  );
}
