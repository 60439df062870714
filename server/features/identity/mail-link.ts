import { conflict, isAppError } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { MailedLink, PasswordLink, Person } from "./schema.ts";

export type LinkMailCtx = Pick<Ctx, "actor" | "db" | "clock" | "requestId" | "address" | "log"> & {
  deps: Pick<Ctx["deps"], "mailer" | "self" | "identityProvider">;
};

/** Before anything is written: an invitation that cannot leave is not begun. */
export function requireMailer({ deps }: LinkMailCtx): void {
  if (!deps.mailer.isConfigured) throw conflict("This console sends no mail. Make a link and hand it over.");
}

/** Sends a link that was just made. One that no server for mail took comes back, so that it can be handed over. */
export async function mailLink(ctx: LinkMailCtx, person: Person, link: PasswordLink): Promise<MailedLink> {
  const outcome = await send(ctx, person, link);
  const { expiresAt } = link;
  await ctx.db.prisma.$transaction((tx) =>
    recordAudit(tx, ctx, {
      action: "person.mail",
      subject: `person:${person.email}`,
      after: { expiresAt, outcome: outcome ?? "taken by the server for mail" },
    }),
  );
  if (outcome === null) return { kind: "mailed", to: person.email, expiresAt };
  return { kind: "not mailed", why: outcome, link };
}

/** Null = it is on its way; else why not. */
async function send(ctx: LinkMailCtx, person: Person, link: PasswordLink): Promise<string | null> {
  const { mailer, self, identityProvider } = ctx.deps;
  try {
    await mailer.send({
      to: person.email,
      subject:
        person.state === "invited" ? "You are invited to the console" : "Set your password for the console",
      text: mailText(person, {
        by: ctx.actor.name,
        address: new URL(link.path, self.baseUrl).href,
        until: link.expiresAt,
        signIn: new URL("/sign-in", self.baseUrl).href,
        provider: identityProvider?.name ?? null,
      }),
    });
    return null;
  } catch (error) {
    if (!isAppError(error)) ctx.log.error({ err: error }, "an invitation could not be mailed");
    return isAppError(error) ? error.message : "The mail could not be sent; the log says why.";
  }
}

type MailFacts = { by: string; address: string; until: string; signIn: string; provider: string | null };

function mailText({ name, state }: Person, { by, address, until, signIn, provider }: MailFacts): string {
  const day = `${until.slice(0, 16).replace("T", " ")} UTC`;
  const otherWay = `Without a password: sign in with ${provider} at ${signIn}, as whoever has this mail address there.`;
  return [
    `Hello ${name},`,
    state === "invited"
      ? `${by} invited you to the console. This link sets your password, once, until ${day}:`
      : `${by} made this link for you. It sets a new password, once, until ${day}:`,
    address,
    ...(provider !== null && state === "invited" ? [otherWay] : []),
    "If you do not know what this is about, there is nothing to do.",
  ].join("\n\n");
}
