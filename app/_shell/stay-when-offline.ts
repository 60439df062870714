"use client";

import { useEffect } from "react";
import { notify } from "../_ui/notify.ts";

/** True when the browser has no network: a page that cannot be loaded would take the one that is shown with it. */
export function mustStay(): boolean {
  if (navigator.onLine) return false;
  notify({
    tone: "warn",
    title: "This browser is offline.",
    detail: "The page you are on stays. Others open when the network is back.",
  });
  return true;
}

/** Keeps links to other pages of the console from leaving the shell for the browser's own page of failure. */
export function useStayWhenOffline(): void {
  useEffect(() => {
    const hold = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.download) return;
      const isElsewhere = link.origin !== window.location.origin;
      const isHere = link.pathname === window.location.pathname;
      if (isElsewhere || isHere || !mustStay()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener("click", hold, { capture: true });
    return () => document.removeEventListener("click", hold, { capture: true });
  }, []);
}
