import type { Ctx } from "../../ports/ctx.ts";
import { expiredOf } from "./retention-rules.ts";
import { listKept } from "./retention-store.ts";
import type { PreviewRetentionInput, RetentionPreview } from "./schema.ts";

const dayMs = 86_400_000;

/** What would be dropped for good, partition by partition. */
export async function previewRetention(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { kind, days }: PreviewRetentionInput,
): Promise<RetentionPreview> {
  const kept = await listKept(db, [kind]);
  const expired = expiredOf(kept, days === null ? null : days * dayMs, clock.now());
  return {
    partitions: expired.map(({ name, from, to, sizeBytes }) => ({
      name,
      from: from.toISOString(),
      to: to.toISOString(),
      sizeBytes,
    })),
    sizeBytes: expired.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}
