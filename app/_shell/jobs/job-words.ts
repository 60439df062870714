import { keptHours, msLeft } from "../../../server/features/exports/rules.ts";
import type { ExportJob } from "../../../server/features/exports/schema.ts";
import { formatDuration } from "../../_ui/format/duration.ts";
import { formatNumber } from "../../_ui/format/number.ts";
import type { Shape, Tone } from "../../_ui/glyph.tsx";

export const glyphs: Readonly<Record<ExportJob["state"], { tone: Tone; shape: Shape }>> = {
  queued: { tone: "idle", shape: "ring" },
  running: { tone: "info", shape: "turning" },
  done: { tone: "ok", shape: "disc" },
  failed: { tone: "crit", shape: "octagon" },
  cancelled: { tone: "idle", shape: "ring" },
  expired: { tone: "unknown", shape: "dashed" },
};

/** "Nodes of mainnet, CSV gzip" */
export function nameOf({ title, format, isCompressed }: ExportJob): string {
  return `${title}, ${format.toUpperCase()}${isCompressed ? " gzip" : ""}`;
}

/** "2,411,000 of ≈ 9,474,382 rows, begun again" */
export function progressWords(job: ExportJob): string {
  const again = job.attempt > 1 ? ", begun again after a restart" : "";
  if (job.state === "queued") return `waiting${again}`;
  const total =
    job.totalRows === null ? "" : ` of ${job.isEstimate ? "≈ " : ""}${formatNumber(job.totalRows)}`;
  return `${formatNumber(job.rows)}${total} rows${again}`;
}

export function restWords(job: ExportJob, at: Date): string {
  const left = job.state === "running" ? msLeft(job, at) : null;
  return left === null ? "" : `${formatDuration(left)} left`;
}

/** What became of it. */
export function endWords(job: ExportJob): string {
  const rows = `${formatNumber(job.rows)} ${job.rows === 1 ? "row" : "rows"}`;
  switch (job.state) {
    case "done":
      return `${rows}, kept for ${keptHours} h`;
    case "failed":
      return job.reason ?? "It failed.";
    case "cancelled":
      return `Cancelled after ${rows}; no file was kept.`;
    case "expired":
      return "The file is gone. Export it again.";
    case "queued":
    case "running":
      return "";
  }
}
