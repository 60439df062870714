import { type AppError, conflict, isAppError, notFound } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { hashObject } from "./read-upload.ts";
import { pieceKey } from "./register-version.ts";
import { type Version, versionFileSchema } from "./schema.ts";
import { announceAgents, toVersion } from "./store.ts";

type Key = { agentId: string; cid: string };

/**
 * Hashes every file of a version again, from the store. Throws `conflict` when one is gone or has other bytes: then the
 * version must not be activated. Call it before anything that puts the version in front of somebody.
 */
export async function verifyVersion(
  ctx: Pick<Ctx, "db" | "deps" | "clock">,
  { agentId, cid }: Key,
  signal: AbortSignal,
): Promise<void> {
  await hashFiles(ctx, { agentId, cid }, signal);
  const key = { agentId_cid: { agentId, cid } };
  await ctx.db.prisma.agentVersion.update({ where: key, data: { verifiedAt: ctx.clock.now() } });
}

/** Because somebody asked for it: the outcome, also a bad one, is kept in the audit log. */
export async function rehashVersion(ctx: Ctx, { agentId, cid }: Key): Promise<Version> {
  const key = { agentId_cid: { agentId, cid } };
  const outcome = await outcomeOf(hashFiles(ctx, { agentId, cid }, AbortSignal.timeout(rehashMs)));
  const row = await ctx.db.prisma.$transaction(async (tx) => {
    const at = ctx.clock.now();
    await recordAudit(tx, ctx, {
      action: "agent.verify",
      subject: `agent:${agentId}`,
      after: { cid, verdict: outcome.failure === null ? "intact" : "damaged" },
      reason: outcome.failure?.message ?? "",
    });
    if (outcome.failure !== null) return null;
    await announceAgents(tx, [agentId], at);
    return tx.agentVersion.update({ where: key, data: { verifiedAt: at } });
  });
  if (row === null) throw outcome.failure;
  return toVersion(row);
}

const rehashMs = 60_000;

/** Only what the bytes say is an outcome; a store that does not answer says nothing of them. */
async function outcomeOf(hashing: Promise<void>): Promise<{ failure: AppError | null }> {
  try {
    await hashing;
    return { failure: null };
  } catch (error) {
    if (isAppError(error) && error.code === "conflict") return { failure: error };
    throw error;
  }
}

async function hashFiles(
  ctx: Pick<Ctx, "db" | "deps">,
  { agentId, cid }: Key,
  signal: AbortSignal,
): Promise<void> {
  const key = { agentId_cid: { agentId, cid } };
  const found = await ctx.db.prisma.agentVersion.findUnique({ where: key, select: { files: true } });
  if (!found) throw notFound("version", cid);
  for (const file of versionFileSchema.array().parse(found.files)) {
    if (!(await ctx.deps.objectStore.stat(pieceKey(file.cid))))
      throw conflict(`${file.name} of this version is not in the object store.`);
    const held = await hashObject(ctx.deps.objectStore, pieceKey(file.cid), signal);
    if (held.cid.text !== file.cid)
      throw conflict(`The bytes of ${file.name} in the object store no longer hash to ${file.cid}.`);
  }
}
