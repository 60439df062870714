import type { Mailer } from "../../ports/mailer.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { senderOf } from "./address-rules.ts";
import { issuePasswordLink, resetLifeMs } from "./password-link.ts";
import { type Blocked, toBlocked } from "./sign-in.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { admitTry } from "./throttle.ts";
import { addressLimit } from "./throttle-rules.ts";

export type ResetCtx = SignInCtx & { mailer: Mailer; baseUrl: URL };

/** `sent` resolves when the mail is out, or is not to be sent: who answers does not wait for it. */
export type ResetResult = Blocked | { kind: "taken"; sent: Promise<void> };

/** One answer for every address, in the same time: it does not tell who has an account here. */
export async function requestPasswordReset(ctx: ResetCtx, email: string): Promise<ResetResult> {
  const at = ctx.clock.now();
  const keys = [
    { key: `reset:${senderOf(ctx.address)}`, limit: addressLimit },
    { key: `reset-mail:${email}`, limit: addressLimit },
  ];
  const admission = await ctx.db.prisma.$transaction((tx) => admitTry(tx, keys, at));
  if (admission.kind === "blocked") return toBlocked({ key: "address:", until: admission.until }, at);
  const sent = sendLink(ctx, email).catch((error: unknown) =>
    ctx.log.error({ err: error }, "a link to reset a password could not be sent"),
  );
  return { kind: "taken", sent };
}

async function sendLink(ctx: ResetCtx, email: string): Promise<void> {
  const at = ctx.clock.now();
  const link = await ctx.db.prisma.$transaction(async (tx) => {
    const user = await tx.user.findUnique({
      where: { email, disabledAt: null, accounts: { some: { providerId: "credential" } } },
    });
    const actor = { kind: "system", id: "sign-in", name: "Sign-in" } as const;
    const subject = `person:${email}`;
    if (!user) {
      const reason = "Nobody who signs in with a password has this address.";
      await recordAudit(tx, { ...ctx, actor }, { action: "password.refuse", subject, reason });
      return null;
    }
    const made = await issuePasswordLink(tx, user.id, { at, lifeMs: resetLifeMs });
    const after = { expiresAt: made.expiresAt };
    await recordAudit(tx, { ...ctx, actor }, { action: "password.reset", subject, after });
    return { ...made, name: user.name };
  });
  if (link === null) return;
  await ctx.mailer.send({
    to: email,
    subject: "Set a new password for the console",
    text: mailText(link.name, new URL(link.path, ctx.baseUrl).href),
  });
}

function mailText(name: string, address: string): string {
  return [
    `Hello ${name},`,
    "somebody, we think you, asked to set a new password for the console. This link does it, once, within an hour:",
    address,
    "If it was not you, there is nothing to do: the present password goes on working.",
  ].join("\n\n");
}
