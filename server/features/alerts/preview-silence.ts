import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { previewMatching } from "./preview-matching.ts";
import type { PreviewSilenceInput, SilencePreview } from "./schema.ts";

/** What a silence would hide now, and what it would have hidden last week. */
export function previewSilence(
  ctx: Pick<Ctx, "db" | "clock">,
  { network, rule, subject }: PreviewSilenceInput,
): Promise<SilencePreview> {
  return previewMatching(ctx, {
    matches: `network = $1 AND ($2::text IS NULL OR rule = $2)
      AND ($4::text IS NULL OR (subject_kind = $3 AND subject_id = $4))`,
    values: [networkByName(network).id, rule ?? null, subject?.kind ?? null, subject?.id ?? null],
  });
}
