import { accessExport } from "../access/exports.ts";
import { agentsExport } from "../agents/exports.ts";
import { auditExport } from "../audit/exports.ts";
import { bucketObjectsExport, bucketsExport } from "../inventory/exports.ts";
import { lineageExport } from "../lineage/exports.ts";
import { nodeSeriesExport, nodesExport } from "../nodes/exports.ts";
import { replayExport } from "../replays/exports.ts";
import { runsExport } from "../runs/exports.ts";
import type { ExportSource } from "./source.ts";

/** THE table of what can be had as a file: a feature defines its sources and adds a line here. */
export const exportSources: readonly ExportSource[] = [
  accessExport,
  agentsExport,
  auditExport,
  bucketObjectsExport,
  bucketsExport,
  lineageExport,
  nodeSeriesExport,
  nodesExport,
  replayExport,
  runsExport,
];

export function findExportSource(name: string): ExportSource | null {
  return exportSources.find((source) => source.name === name) ?? null;
}
