import { type Clock, msBetween } from "../../kernel/clock.ts";
import type { Health, Running } from "../../kernel/lifecycle.ts";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import { repeat } from "../../kernel/repeat.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { anchorChain } from "./anchor-chain.ts";
import type { AnchorKey } from "./anchor-key.ts";
import { isBatchFull, sealEntries } from "./seal-entries.ts";
import { verifyChain } from "./verify-chain.ts";

export type ChainCtx = Pick<Ctx, "db" | "clock" | "log"> & { anchorKey: AnchorKey | null };

const sealEveryMs = 300;
const checkEveryMs = 1_000;
const anchorEveryMs = 60_000;
/** A check that nobody ended: its process is gone, and another one begins it anew. */
const checkLimitMs = 30 * 60_000;

/**
 * Seals what is written, anchors the chain once a day and then walks along it, and walks when somebody asks. Runs in
 * every web process; the database lets one of them work at a time.
 */
export function keepChain(ctx: ChainCtx): Running & { health(): Health } {
  const stopping = new AbortController();
  const { signal } = stopping;
  const state: { failingSince: Date | null } = { failingSince: null };
  const onError = (error: unknown) => {
    state.failingSince ??= ctx.clock.now();
    ctx.log.warn({ err: error }, "the audit chain could not be kept");
  };
  const seal = async () => {
    while (isBatchFull(await sealEntries(ctx)) && !signal.aborted);
    state.failingSince = null;
  };
  const anchor = async () => {
    if (await anchorChain(ctx, ctx.anchorKey)) await askCheck(ctx, "the daily anchor");
  };
  const done = Promise.all([
    repeat({ pauseMs: sealEveryMs, signal, onError }, seal),
    repeat({ pauseMs: anchorEveryMs, signal, onError }, anchor),
    repeat({ pauseMs: checkEveryMs, signal, onError }, () => runCheck(ctx, signal)),
  ]);
  return {
    health: () => healthOf(state.failingSince, ctx.clock),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

export async function askCheck({ db, clock }: Pick<Ctx, "db" | "clock">, askedBy: string): Promise<void> {
  await db.sql("INSERT INTO audit_check (asked_at, asked_by) VALUES ($1, $2)", [clock.now(), askedBy]);
}

/** Takes the oldest wish, walks once for all of them, and writes down what was found. */
async function runCheck(ctx: ChainCtx, signal: AbortSignal): Promise<void> {
  const at = ctx.clock.now();
  const [taken] = await ctx.db.sql<{ id: string }>(
    `UPDATE audit_check SET started_at = $1 WHERE id = (
       SELECT id FROM audit_check WHERE ended_at IS NULL AND (started_at IS NULL OR started_at < $2)
       ORDER BY id DESC LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`,
    [at, new Date(at.getTime() - checkLimitMs)],
  );
  if (!taken) return;
  const verdict = await verifyChain(ctx.db.sql, { signal });
  if (verdict.kind === "broken") ctx.log.error({ verdict }, "the audit chain is broken");
  const endedAt = ctx.clock.now();
  const links = verdict.kind === "sound" ? verdict.links : null;
  await ctx.db.sql(
    `UPDATE audit_check SET started_at = coalesce(started_at, $2), ended_at = $3, links = $4, verdict = $5
     WHERE id <= $1 AND ended_at IS NULL`,
    [taken.id, at, endedAt, links, JSON.stringify(verdict)],
  );
  const notice = encodeNotice({ topic: "audit", network: null, ids: [], at: endedAt.getTime() });
  await ctx.db.sql("SELECT pg_notify($1, $2)", [noticeChannel, notice]);
}

function healthOf(failingSince: Date | null, clock: Clock): Health {
  if (failingSince === null || msBetween(failingSince, clock.now()) < 5_000)
    return { state: "ok", reason: null, since: null };
  return { state: "degraded", reason: "Audit entries are written, but not sealed.", since: failingSince };
}
