import { conflict, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import type { Environment } from "../deployments/schema.ts";
import { withState } from "../maintenance/with-state.ts";
import type { Freeze } from "./freeze-schema.ts";

export type FreezeRow = {
  id: string;
  environment: Environment;
  time: unknown;
  reason: string;
  revision: number;
  madeAt: Date;
  madeBy: string;
  changedAt: Date;
  changedBy: string;
  closesAt: Date;
  endedBy: string | null;
};

export const freezeColumns = `id::text AS id, environment, time, reason, revision, made_at AS "madeAt", made_by AS "madeBy",
  changed_at AS "changedAt", changed_by AS "changedBy", closes_at AS "closesAt", ended_by AS "endedBy"`;

export function toFreeze(row: FreezeRow, at: Date): Freeze {
  return withState(row, at);
}

type FreezeOf = { environment: Environment; id: string };

export async function findFreeze(
  { db, clock }: Pick<Ctx, "db" | "clock">,
  { environment, id }: FreezeOf,
): Promise<Freeze> {
  const rows = await db.sql<FreezeRow>(
    `SELECT ${freezeColumns} FROM rollout_freeze WHERE environment = $1 AND id = $2`,
    [environment, id],
  );
  if (!rows[0]) throw notFound("freeze", id);
  return toFreeze(rows[0], clock.now());
}

/** The freeze as it stands, kept from others until the transaction ends; one that is over is no longer changed. */
export async function lockFreeze(
  tx: Transaction,
  { environment, id }: FreezeOf,
  at: Date,
): Promise<FreezeRow> {
  const rows = await tx.$queryRawUnsafe<FreezeRow[]>(
    `SELECT ${freezeColumns} FROM rollout_freeze WHERE environment = $1 AND id = $2::bigint FOR UPDATE`,
    environment,
    id,
  );
  const [freeze] = rows;
  if (!freeze) throw notFound("freeze", id);
  if (freeze.endedBy !== null) throw conflict(`${freeze.endedBy} ended this freeze already.`);
  if (freeze.closesAt <= at) throw conflict("This freeze is over.");
  return freeze;
}
