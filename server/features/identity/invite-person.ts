import type { z } from "zod";
import { createPasswordLink } from "./create-password-link.ts";
import { createPerson } from "./create-person.ts";
import { type LinkMailCtx, mailLink, requireMailer } from "./mail-link.ts";
import type { invitePersonInput, MailedLink, Person, personInput } from "./schema.ts";
import { getPerson } from "./store.ts";

/** Lets somebody in by mail: the admin never sees the link, unless no server for mail takes it. */
export async function invitePerson(
  ctx: LinkMailCtx,
  input: z.output<typeof invitePersonInput>,
): Promise<{ person: Person; mail: MailedLink }> {
  requireMailer(ctx);
  const { person, link } = await createPerson(ctx, { ...input, password: null });
  if (!link) throw new Error("Somebody without a password was made without a link.");
  return { person, mail: await mailLink(ctx, person, link) };
}

/** Once more, or for somebody who lost the password; the links before it stop to work. */
export async function mailPasswordLink(
  ctx: LinkMailCtx,
  input: z.output<typeof personInput>,
): Promise<MailedLink> {
  requireMailer(ctx);
  const link = await createPasswordLink(ctx, input);
  const person = await getPerson(ctx.db.prisma, input.personId, ctx.clock.now());
  return mailLink(ctx, person, link);
}
