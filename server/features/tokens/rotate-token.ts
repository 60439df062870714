import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { msBetween } from "../../kernel/clock.ts";
import { conflict } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { TokenCtx } from "./create-token.ts";
import type { NewToken, rotateTokenInput } from "./schema.ts";
import { auditFacts, lockToken, toToken, withOwner } from "./store.ts";
import { newTokenSecret } from "./token-secret.ts";

/** A new secret for the same purpose and as long a life; the old one goes on working for the overlap. */
export async function rotateToken(
  ctx: TokenCtx,
  input: z.output<typeof rotateTokenInput>,
): Promise<NewToken> {
  const { id: userId } = personOf(ctx.actor);
  const { secret, hint, hash } = newTokenSecret();
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const old = await lockToken(tx, input.tokenId, userId);
    const before = toToken(old, at);
    if (before.state !== "live") throw conflict(`${old.name} is ${before.state}. Make a new token instead.`);
    const lifeMs = msBetween(old.createdAt, old.expiresAt);
    const { name, scopes, network, environment } = old;
    const row = await tx.apiToken.create({
      data: {
        ...{ id: randomUUID(), userId, name, scopes, network, environment, hint, hash },
        createdAt: at,
        expiresAt: new Date(at.getTime() + lifeMs),
      },
      include: withOwner,
    });
    const oldEnd = new Date(Math.min(old.expiresAt.getTime(), at.getTime() + input.overlapHours * 3600_000));
    await tx.apiToken.update({ where: { id: old.id }, data: { replacedById: row.id, expiresAt: oldEnd } });
    const token = toToken(row, at);
    await recordAudit(tx, ctx, {
      action: "token.rotate",
      subject: `token:${old.id}`,
      network: token.bounds.network,
      before: auditFacts(before),
      after: { ...auditFacts(token), newId: token.id, oldEndsAt: oldEnd },
    });
    return { token, secret };
  });
}
