import { msBetween } from "../../kernel/clock.ts";
import { invalid, tooMany } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { RecoveryCodes, SecondFactorCode } from "./schema.ts";
import { replaceRecoveryCodes, spendCode } from "./second-factor.ts";
import { admitTry, forgiveTries } from "./throttle.ts";
import { accountLimit } from "./throttle-rules.ts";

/** Takes the second factor off; needs a code of it, so that an unattended screen is not enough. */
export function removeSecondFactor(ctx: Ctx, input: SecondFactorCode): Promise<{ isOn: boolean }> {
  return withCode(ctx, input, async (tx, { id: userId, email }) => {
    await tx.secondFactor.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await recordAudit(tx, ctx, { action: "factor.remove", subject: `person:${email}` });
    return { isOn: false };
  });
}

/** The old recovery codes stop to work. */
export function renewRecoveryCodes(ctx: Ctx, input: SecondFactorCode): Promise<RecoveryCodes> {
  return withCode(ctx, input, async (tx, { id: userId, email }) => {
    const codes = await replaceRecoveryCodes(tx, userId);
    const after = { recoveryCount: codes.length };
    await recordAudit(tx, ctx, { action: "factor.renew", subject: `person:${email}`, after });
    return { codes };
  });
}

type Owner = { id: string; email: string };

async function withCode<Result>(
  ctx: Ctx,
  { code }: SecondFactorCode,
  change: (tx: Transaction, owner: Owner) => Promise<Result>,
): Promise<Result> {
  const owner = personOf(ctx.actor);
  const at = ctx.clock.now();
  const keys = [{ key: `code:${owner.id}`, limit: accountLimit }];
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked")
    throw tooMany("Too many wrong codes. Wait a moment.", Math.ceil(msBetween(at, admission.until) / 1000));
  return ctx.db.prisma.$transaction(async (tx) => {
    const factor = await spendCode(tx, owner.id, { code, vault: ctx.deps.vault, at });
    if (factor === null) throw invalid("The code does not fit, or was used before.");
    await forgiveTries(tx, keys, at);
    return change(tx, owner);
  });
}
