import { z } from "zod";
import { invalid, notFound } from "../../kernel/errors.ts";
import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor, type Page } from "../../kernel/paging.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { forgottenAfterMs } from "./rules.ts";
import type { ListSilencesInput, Silence } from "./schema.ts";
import { toInstant, toSubjectKind } from "./store.ts";

type SilenceRow = {
  id: string;
  rule: string | null;
  subjectKind: string | null;
  subjectId: string | null;
  subjectName: string | null;
  reason: string;
  startsAt: Date;
  endsAt: Date;
  madeBy: string;
  endedAt: Date | null;
  endedBy: string | null;
  hides: number;
  matchers: string | null;
  source: Silence["source"];
  isShared: boolean;
};

const columns = `id, rule, subject_kind AS "subjectKind", subject_id AS "subjectId", subject_name AS "subjectName", reason,
  starts_at AS "startsAt", ends_at AS "endsAt", made_by AS "madeBy", ended_at AS "endedAt", ended_by AS "endedBy", matchers, source,
  external_id IS NOT NULL AS "isShared",
  (SELECT count(*) FROM alert WHERE alert.network = alert_silence.network AND alert.silence = alert_silence.id
     AND resolved_at IS NULL)::int AS hides`;

const positionSchema = z.tuple([z.iso.datetime(), z.string().regex(/^\d{1,18}$/)]);

/** Those that end last come first, so that what runs stands before what has ended. */
export async function listSilences(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network, cursor, limit }: ListSilencesInput,
): Promise<Page<Silence>> {
  const values: unknown[] = [networkByName(network).id];
  if (cursor) values.push(...positionOf(cursor));
  const after = cursor ? "AND (ends_at, id) < ($2::timestamptz, $3::bigint)" : "";
  const rows = await db.sql<SilenceRow>(
    `SELECT ${columns} FROM alert_silence WHERE network = $1 ${after} ORDER BY ends_at DESC, id DESC LIMIT ${limit + 1}`,
    values,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? encodeCursor([last.endsAt.toISOString(), last.id]) : null;
  return { rows: page.map((row) => toSilence(row, clock.now())), next };
}

export async function findSilence(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { network, id }: { network: NetworkName; id: string },
): Promise<Silence> {
  const rows = await db.sql<SilenceRow>(
    `SELECT ${columns} FROM alert_silence WHERE network = $1 AND id = $2`,
    [networkByName(network).id, id],
  );
  if (!rows[0]) throw notFound("silence", id);
  return toSilence(rows[0], clock.now());
}

function positionOf(cursor: string): [at: string, id: string] {
  const position = positionSchema.safeParse(decodeCursor(cursor, 2));
  if (!position.success) throw invalid("This page link is damaged. Start again from the first page.");
  return position.data;
}

function toSilence(row: SilenceRow, at: Date): Silence {
  const { subjectKind, subjectId, subjectName, startsAt, endsAt, endedAt, ...rest } = row;
  const isRunning = endedAt === null && endsAt > at;
  return {
    ...rest,
    subject:
      subjectId === null || subjectKind === null
        ? null
        : { kind: toSubjectKind(subjectKind), id: subjectId, name: subjectName ?? subjectId },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    endedAt: toInstant(endedAt),
    isRunning,
    isForgotten: isRunning && row.hides === 0 && at.getTime() - startsAt.getTime() >= forgottenAfterMs,
  };
}
