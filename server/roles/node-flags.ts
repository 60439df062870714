import type { RoleName } from "../config.ts";

/**
 * What Node is told for each role. Ingest keeps buffers outside the heap and little in it; without a limit the heap of a
 * machine with much memory grows to hundreds of megabytes of garbage while history is read.
 */
export const nodeFlags: Partial<Record<RoleName, readonly string[]>> = {
  ingest: ["--max-old-space-size=256"],
};
