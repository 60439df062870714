import { z } from "zod";
import { exportFormats } from "./rules.ts";

export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.output<typeof exportFormatSchema>;
