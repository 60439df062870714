import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { PreviewSilenceInput, SilencePreview } from "./schema.ts";

const samples = 8;

/** What a silence would hide now, and what it would have hidden last week. */
export async function previewSilence(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network, rule, subject }: PreviewSilenceInput,
): Promise<SilencePreview> {
  const which = [networkByName(network).id, rule ?? null, subject?.kind ?? null, subject?.id ?? null];
  const matches = `network = $1 AND ($2::text IS NULL OR rule = $2)
    AND ($4::text IS NULL OR (subject_kind = $3 AND subject_id = $4))`;
  const [counts, shown] = await Promise.all([
    db.sql<{ open: number; lastWeek: number }>(
      `SELECT (SELECT count(*) FROM alert WHERE ${matches} AND resolved_at IS NULL)::int AS open,
              (SELECT count(*) FROM alert WHERE ${matches} AND firing_at > $5::timestamptz - interval '7 days')::int AS "lastWeek"`,
      [...which, clock.now()],
    ),
    db.sql<{ title: string; name: string }>(
      `SELECT title, subject_name AS name FROM alert WHERE ${matches} AND resolved_at IS NULL
       ORDER BY severity, pending_at DESC LIMIT ${samples}`,
      which,
    ),
  ]);
  return { open: counts[0]?.open ?? 0, lastWeek: counts[0]?.lastWeek ?? 0, samples: shown };
}
