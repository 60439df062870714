import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { outOfReach } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { type Actor, personOf, type TokenScope } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Scope } from "../identity/rules.ts";
import { mayHandOut, scopeTable } from "./rules.ts";
import type { createTokenInput, NewToken } from "./schema.ts";
import { auditFacts, toToken, withOwner } from "./store.ts";
import { newTokenSecret } from "./token-secret.ts";

export type TokenCtx = Pick<Ctx, "actor" | "db" | "clock" | "requestId" | "address">;

const dayMs = 24 * 3600_000;

/** For the person who asks, with no more than they may do themselves. The secret is in the answer and nowhere else. */
export async function createToken(
  ctx: TokenCtx,
  input: z.output<typeof createTokenInput>,
): Promise<NewToken> {
  const { id: userId } = personOf(ctx.actor);
  const scopes = [...new Set(input.scopes)];
  for (const scope of scopes) requireToHandOut(ctx.actor, scope, input.bounds);
  const { secret, hint, hash } = newTokenSecret();
  const at = ctx.clock.now();
  const { network, environment } = input.bounds;
  return ctx.db.prisma.$transaction(async (tx) => {
    const row = await tx.apiToken.create({
      data: {
        id: randomUUID(),
        userId,
        name: input.name,
        hint,
        hash,
        scopes,
        network: network === null ? null : networkByName(network).id,
        environment,
        createdAt: at,
        expiresAt: new Date(at.getTime() + input.days * dayMs),
      },
      include: withOwner,
    });
    const token = toToken(row, at);
    const subject = `token:${token.id}`;
    await recordAudit(tx, ctx, { action: "token.create", subject, network, after: auditFacts(token) });
    return { token, secret };
  });
}

function requireToHandOut(actor: Actor, scope: TokenScope, bounds: Scope): void {
  if (mayHandOut(actor, scope, bounds)) return;
  const place = [bounds.network ?? "every network", bounds.environment ?? "every environment"].join(", ");
  const roles = scopeTable[scope].roles.join(" or ");
  throw outOfReach(
    `To give a token ${scope} you need ${roles} for ${place}. Choose a place where you hold it.`,
  );
}
