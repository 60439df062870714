import { randomBytes } from "node:crypto";
import { encode } from "uqr";
import { conflict } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { BegunSecondFactor } from "./schema.ts";
import { hasSecondFactor, secretPurpose } from "./second-factor.ts";
import { fromTotpSecret, totpUri } from "./totp-rules.ts";

const secretBytes = 20;
const issuer = "DDC Console";

/** A secret for an authenticator app; in force when a first code has confirmed it. Beginning again replaces it. */
export async function beginSecondFactor(ctx: Ctx): Promise<BegunSecondFactor> {
  const { id: userId, email } = personOf(ctx.actor);
  const bytes = randomBytes(secretBytes);
  const secret = ctx.deps.vault.seal(fromTotpSecret(bytes), secretPurpose);
  const createdAt = ctx.clock.now();
  await ctx.db.prisma.$transaction(async (tx) => {
    if (await hasSecondFactor(tx, userId)) throw conflict("A second factor is set up. Take it off first.");
    const fresh = { secret, createdAt, lastStep: 0n };
    await tx.secondFactor.upsert({ where: { userId }, create: { userId, ...fresh }, update: fresh });
    await recordAudit(tx, ctx, { action: "factor.begin", subject: `person:${email}` });
  });
  const uri = totpUri({ secret: bytes, account: email, issuer });
  const { data } = encode(uri, { ecc: "M", border: 0 });
  return { secret: fromTotpSecret(bytes), uri, qr: data.map((row) => row.map(Number).join("")) };
}
