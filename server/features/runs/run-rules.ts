/** A job is told when it ends: it has one of these. Browser-safe. */
export const runStatuses = ["finished", "failed"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** How long jobs and their counts are kept; the sweep of rollouts ends them. */
export const keptRunsMs = 2 * 86_400_000;

export function statusOf(error: string | null): RunStatus {
  return error === null ? "finished" : "failed";
}
