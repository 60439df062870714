"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { notify } from "../../../../../../_ui/notify.ts";

/** Says that a rule was written, and loads what shows it. */
export function useRuleSaved(): (title: string) => Promise<void> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return async (title) => {
    await Promise.all([
      queries.invalidateQueries(trpc.alerts.rules.queryFilter()),
      queries.invalidateQueries(trpc.alerts.revisions.queryFilter()),
    ]);
    notify({ tone: "ok", title, detail: "It counts from the next round on." });
  };
}
