import type { z } from "zod";
import { personOf } from "../../kernel/roles.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { TokenCtx } from "./create-token.ts";
import type { revokeTokenInput, Token } from "./schema.ts";
import { lockToken, toToken } from "./store.ts";

type Input = z.output<typeof revokeTokenInput>;

/** One of one's own. Refused from the next call on; twice is once. */
export function revokeOwnToken(ctx: TokenCtx, input: Input): Promise<Token> {
  return revoke(ctx, input, personOf(ctx.actor).id);
}

/** Anybody's, by an admin. */
export function revokeTokenOf(ctx: TokenCtx, input: Input): Promise<Token> {
  return revoke(ctx, input);
}

function revoke(ctx: TokenCtx, { tokenId, reason }: Input, ownerId?: string): Promise<Token> {
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    const row = await lockToken(tx, tokenId, ownerId);
    const before = toToken(row, at);
    if (before.state === "revoked") return before;
    await tx.apiToken.update({ where: { id: row.id }, data: { revokedAt: at } });
    const after = toToken({ ...row, revokedAt: at }, at);
    await recordAudit(tx, ctx, {
      action: "token.revoke",
      subject: `token:${row.id}`,
      network: after.bounds.network,
      before: { name: row.name, owner: row.user.name, state: before.state },
      after: { state: after.state },
      reason,
    });
    return after;
  });
}
