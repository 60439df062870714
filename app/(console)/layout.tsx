import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { LiveProvider } from "../_client/live/live-provider.tsx";
import { requestCaller } from "../_client/prefetch.tsx";
import { ConsoleShell } from "../_shell/console-shell.tsx";
import { SessionGuard } from "../_shell/session-guard.tsx";
import { KeptPreferences } from "../_shell/use-preferences.ts";
import { signInHref } from "../sign-in/return-path.ts";

/** Everything below needs a session. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const caller = await requestCaller();
  if (!caller) redirect(signInHref((await headers()).get("x-console-path") ?? "/"));
  const { name, email, grants, preferences } = await caller.identity.me();
  return (
    <LiveProvider>
      <KeptPreferences {...preferences} />
      <SessionGuard />
      <ConsoleShell person={{ name, email, grants }}>{children}</ConsoleShell>
    </LiveProvider>
  );
}
