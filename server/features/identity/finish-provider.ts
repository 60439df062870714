import { z } from "zod";
import type { Actor } from "../../kernel/roles.ts";
import type { Claims, IdentityProvider } from "../../ports/identity-provider.ts";
import { accountOf, admitClaims } from "./admit-claims.ts";
import { providerPurpose } from "./begin-provider.ts";
import { spendChallenge } from "./challenge.ts";
import { linkWay } from "./link-way.ts";
import { openSession, recordRefusal } from "./open-session.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";

export type ProviderReturn = { provider: IdentityProvider; callback: URL; actor: Actor | null };

/** `refused`: a short name for the page; the audit log has the whole reason. */
export type ProviderResult =
  | { kind: "open"; cookies: readonly string[]; returnTo: string }
  | { kind: "linked" }
  | { kind: "refused"; why: "answer" | "expired" | "no-access" | "taken" };

const begunSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

/** The browser came back from the provider. A state is good once, for the browser that began. */
export async function finishProvider(ctx: SignInCtx, back: ProviderReturn): Promise<ProviderResult> {
  const state = back.callback.searchParams.get("state") ?? "";
  const challenge = { kind: "provider", secret: state, browser: ctx.browser } as const;
  const verdict = await ctx.db.prisma.$transaction((tx) => spendChallenge(tx, challenge, ctx.clock.now()));
  if (verdict.kind !== "good") {
    const reason = `The state of the answer is ${verdict.kind}.`;
    return refuse(ctx, { subject: "provider:unknown", reason, why: "expired" });
  }
  const begun = begunSchema.parse(JSON.parse(ctx.vault.open(verdict.payload, providerPurpose)));
  const answer = await back.provider.finish(back.callback, begun);
  if (answer.kind === "refused")
    return refuse(ctx, { subject: "provider:unknown", reason: answer.reason, why: "answer" });
  const { claims } = answer;
  if (verdict.userId !== null) return link(ctx, { claims, userId: verdict.userId, actor: back.actor });
  const admitted = await admitClaims(ctx, { claims, roleMap: back.provider.roleMap });
  if (admitted.kind === "refused")
    return refuse(ctx, { subject: subjectOf(claims), reason: admitted.reason, why: "no-access" });
  const opened = await openSession(ctx, { userId: admitted.userId, way: "oidc" });
  if (opened.kind === "open") return { ...opened, returnTo: begun.returnTo };
  return refuse(ctx, { subject: subjectOf(claims), reason: opened.reason, why: "no-access" });
}

type Linking = { claims: Claims; userId: string; actor: Actor | null };

async function link(ctx: SignInCtx, { claims, userId, actor }: Linking): Promise<ProviderResult> {
  const subject = subjectOf(claims);
  if (actor?.kind !== "person" || actor.id !== userId)
    return refuse(ctx, { subject, reason: "The session that began this has ended.", why: "expired" });
  const account = accountOf(claims);
  const detail = claims.verifiedEmail ?? claims.name ?? claims.subject;
  const reason = await linkWay({ ...ctx, actor }, { provider: "oidc", account, detail });
  return reason === null ? { kind: "linked" } : refuse(ctx, { subject, reason, why: "taken" });
}

function subjectOf(claims: Claims): string {
  return `provider:${claims.verifiedEmail ?? claims.subject}`;
}

type Refused = { subject: string; reason: string; why: "answer" | "expired" | "no-access" | "taken" };

async function refuse(ctx: SignInCtx, { subject, reason, why }: Refused): Promise<ProviderResult> {
  await ctx.db.prisma.$transaction((tx) => recordRefusal(tx, ctx, { way: "oidc", subject, reason }));
  return { kind: "refused", why };
}
