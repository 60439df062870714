"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLiveState } from "../_client/live/live-provider.tsx";
import { toShownError } from "../_client/shown-error.ts";
import { signInHref } from "../sign-in/return-path.ts";
import { isSigningOut } from "./sign-out.ts";

/** Leaves for the sign-in page as soon as the socket or any call says that the session has ended. */
export function SessionGuard() {
  const queryClient = useQueryClient();
  const isSignedOut = useLiveState().kind === "signed_out";
  useEffect(() => {
    if (isSignedOut) leave();
  }, [isSignedOut]);
  useEffect(() => {
    const leaveIfEnded = (error: unknown) => {
      if (error && toShownError(error).code === "unauthenticated") leave();
    };
    const ends = [
      queryClient.getQueryCache().subscribe(({ query }) => leaveIfEnded(query.state.error)),
      queryClient.getMutationCache().subscribe(({ mutation }) => leaveIfEnded(mutation?.state.error)),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [queryClient]);
  return null;
}

let hasLeft = false;

/** A full load, so that nothing that was shown stays in memory. */
function leave(): void {
  if (hasLeft || isSigningOut()) return;
  hasLeft = true;
  const { pathname, search } = window.location;
  window.location.replace(signInHref(`${pathname}${search}`, "ended"));
}
