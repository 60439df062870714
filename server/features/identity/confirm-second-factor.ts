import { invalid } from "../../kernel/errors.ts";
import { personOf } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { RecoveryCodes, SecondFactorCode } from "./schema.ts";
import { replaceRecoveryCodes, secretPurpose } from "./second-factor.ts";
import { matchTotp, toTotpSecret } from "./totp-rules.ts";

/** The first code of the app puts the second factor in force, and gives the recovery codes. */
export async function confirmSecondFactor(ctx: Ctx, { code }: SecondFactorCode): Promise<RecoveryCodes> {
  const { id: userId, email } = personOf(ctx.actor);
  const at = ctx.clock.now();
  return ctx.db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM second_factor WHERE user_id = ${userId} FOR UPDATE`;
    const factor = await tx.secondFactor.findUnique({ where: { userId, confirmedAt: null } });
    if (!factor) throw invalid("Nothing waits for a code. Begin again.");
    const secret = toTotpSecret(ctx.deps.vault.open(factor.secret, secretPurpose));
    const step = matchTotp(secret, code.replace(/\s/g, ""), { at, lastStep: 0 });
    if (step === null) throw invalid("The code does not fit. Is the clock of the device right?");
    const data = { confirmedAt: at, lastStep: BigInt(step) };
    await tx.secondFactor.update({ where: { userId }, data });
    const codes = await replaceRecoveryCodes(tx, userId);
    const after = { factor: "totp", recoveryCount: codes.length };
    await recordAudit(tx, ctx, { action: "factor.confirm", subject: `person:${email}`, after });
    return { codes };
  });
}
