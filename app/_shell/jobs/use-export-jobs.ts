"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isOpenState } from "../../../server/features/exports/rules.ts";
import type { ExportJob, StartExportInput } from "../../../server/features/exports/schema.ts";
import { toShownError } from "../../_client/shown-error.ts";
import { useTRPC } from "../../_client/trpc.tsx";
import { notify } from "../../_ui/notify.ts";
import { openTray } from "./tray-choice.ts";

/** Notices bring every change; this is for when none can. */
const backstopMs = 60_000;

/** The exports of whoever is signed in, newest first. */
export function useExportJobs() {
  const trpc = useTRPC();
  return useQuery(trpc.exports.list.queryOptions(undefined, { refetchInterval: backstopMs }));
}

export function countOpen(jobs: readonly ExportJob[]): number {
  return jobs.filter(({ state }) => isOpenState(state)).length;
}

/** Starts a file in the background and shows it in the tray. */
export function useStartExport() {
  const trpc = useTRPC();
  const refresh = useRefreshJobs();
  const start = useMutation(
    trpc.exports.start.mutationOptions({
      onSuccess: () => {
        openTray({ takeFocus: false });
        return refresh();
      },
      onError: (error) => tellFailure("The export was not started.", error),
    }),
  );
  return (input: StartExportInput) => start.mutate(input);
}

export function useCancelExport() {
  const trpc = useTRPC();
  const refresh = useRefreshJobs();
  return useMutation(
    trpc.exports.cancel.mutationOptions({
      onSettled: refresh,
      onError: (error) => tellFailure("The export was not cancelled.", error),
    }),
  );
}

export function useRemoveExport() {
  const trpc = useTRPC();
  const refresh = useRefreshJobs();
  return useMutation(
    trpc.exports.remove.mutationOptions({
      onSettled: refresh,
      onError: (error) => tellFailure("The export was not removed.", error),
    }),
  );
}

function useRefreshJobs(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.exports.list.queryKey() });
}

function tellFailure(title: string, error: unknown): void {
  notify({ tone: "crit", title, detail: toShownError(error).message });
}
