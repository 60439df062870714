/** What the console makes of a record's status, token and time together; see `judgeAccess`. */
export const answers = ["allowed", "refused", "missing", "failed", "unclear"] as const;
export type Answer = (typeof answers)[number];

/** Parts of the list that people look at one by one. */
export const accessTabs = ["all", "refused", "after-end", "writes"] as const;

export const recordsPerPage = 100;
/** Newest records that a pattern is made of, where no rollup holds it. */
export const sampledRecords = 50_000;
export const burstAtLeast = 5;
export const burstWindowMs = 10 * 60_000;
