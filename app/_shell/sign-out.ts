"use client";

import { notify } from "../_ui/notify.ts";

let isGoing = false;

/** Somebody who signs out is not told that the session was ended. */
export function isSigningOut(): boolean {
  return isGoing;
}

/** Ends the session on the server, then leaves with a full load, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  isGoing = true;
  try {
    const answer = await fetch("/api/auth/sign-out", { method: "POST", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`sign-out answered ${answer.status}`);
    window.location.assign("/sign-in");
  } catch {
    isGoing = false;
    notify({ tone: "crit", title: "Not signed out.", detail: "The server did not answer. Try again." });
  }
}
