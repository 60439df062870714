export const exportFormats = ["csv", "json"] as const;
type Format = (typeof exportFormats)[number];

export const exportStates = ["queued", "running", "done", "failed", "cancelled", "expired"] as const;
export type ExportState = (typeof exportStates)[number];

/** Up to here a file is fetched at once; more is written in the background. */
export const directRows = 20_000;
/** Jobs of one person that wait or run. */
export const maxOpenJobs = 5;
/** A job whose server went away is begun again, but not for ever. */
export const maxAttempts = 3;
export const keptHours = 24;
/** Finished files of one person; the oldest go first. */
export const maxKeptFiles = 20;
/** A job that ended is listed for so long. */
export const listedDays = 7;

const contentTypes: Record<Format, string> = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
};

export function contentTypeOf(format: Format): string {
  return contentTypes[format];
}

/** "nodes-mainnet", csv → "nodes-mainnet-20261127T031500Z.csv" */
export function stampedName(fileName: string, ending: string, at: Date): string {
  return `${fileName}-${at.toISOString().replace(/[-:]|\.\d+/g, "")}.${ending}`;
}

export function isOpenState(state: ExportState): state is "queued" | "running" {
  return state === "queued" || state === "running";
}

export type Progress = { rows: number; totalRows: number | null; startedAt: string | null };

/** 0 to 1; null while nobody knows how many rows there will be. An estimate that was too low stays below the end. */
export function shareOf({ rows, totalRows }: Pick<Progress, "rows" | "totalRows">): number | null {
  if (totalRows === null || totalRows === 0) return null;
  return Math.min(rows / totalRows, 0.99);
}

/** How long it takes at the pace so far; null when that would be a guess. */
export function msLeft(progress: Progress, at: Date): number | null {
  const { rows, totalRows, startedAt } = progress;
  if (startedAt === null || totalRows === null || rows === 0 || rows >= totalRows) return null;
  const spentMs = at.getTime() - Date.parse(startedAt);
  return spentMs < 2_000 ? null : Math.round((spentMs / rows) * (totalRows - rows));
}
