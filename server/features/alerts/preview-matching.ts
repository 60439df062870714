import type { Ctx } from "../../ports/ctx.ts";
import type { SilencePreview } from "./schema.ts";

const samples = 8;

/** What a condition over alerts fits now, and what it would have fitted last week. `values` are those that it names. */
export async function previewMatching(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { matches, values }: { matches: string; values: readonly unknown[] },
): Promise<SilencePreview> {
  const now = `$${values.length + 1}::timestamptz`;
  const [counts, shown] = await Promise.all([
    db.sql<{ open: number; lastWeek: number }>(
      `SELECT (SELECT count(*) FROM alert WHERE ${matches} AND resolved_at IS NULL)::int AS open,
              (SELECT count(*) FROM alert WHERE ${matches} AND firing_at > ${now} - interval '7 days')::int AS "lastWeek"`,
      [...values, clock.now()],
    ),
    db.sql<{ title: string; name: string }>(
      `SELECT title, subject_name AS name FROM alert WHERE ${matches} AND resolved_at IS NULL
       ORDER BY severity, pending_at DESC LIMIT ${samples}`,
      values,
    ),
  ]);
  return { open: counts[0]?.open ?? 0, lastWeek: counts[0]?.lastWeek ?? 0, samples: shown };
}
