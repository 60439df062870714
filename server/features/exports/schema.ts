import { z } from "zod";
import { exportFormats, exportStates } from "./rules.ts";

export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.output<typeof exportFormatSchema>;

const maxQueryFields = 50;

export const startExportInput = z.object({
  /** A source by its name, and its query as GET /api/exports/<source>.<format> takes it. */
  source: z.string().regex(/^[a-z-]{1,60}$/),
  query: z
    .record(
      z.string().max(60),
      z
        .string()
        .max(20_000)
        .regex(/^[^\0]*$/),
    )
    .refine((query) => Object.keys(query).length <= maxQueryFields, `takes at most ${maxQueryFields} fields`),
  format: exportFormatSchema,
  isCompressed: z.boolean().default(false),
});
export type StartExportInput = z.output<typeof startExportInput>;

export const exportIdInput = z.object({ id: z.uuid() });

export const exportJobSchema = z.object({
  id: z.uuid(),
  source: z.string(),
  title: z.string(),
  fileName: z.string(),
  format: exportFormatSchema,
  isCompressed: z.boolean(),
  state: z.enum(exportStates),
  /** Why it failed. */
  reason: z.string().nullable(),
  rows: z.int(),
  bytes: z.int(),
  totalRows: z.int().nullable(),
  isEstimate: z.boolean(),
  /** 2 = it was begun again, because the server that wrote it went away. */
  attempt: z.int(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
export type ExportJob = z.output<typeof exportJobSchema>;
