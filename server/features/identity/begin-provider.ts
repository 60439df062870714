import { randomBytes } from "node:crypto";
import { type Actor, personOf } from "../../kernel/roles.ts";
import type { IdentityProvider, ProviderFlow } from "../../ports/identity-provider.ts";
import { openChallenge } from "./challenge.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";

export const providerPurpose = "provider";

const lifeMs = 10 * 60_000;

/** `returnTo` is a path of the console; `linkTo` who adds the provider as a way to sign in. */
export type ProviderStart = { provider: IdentityProvider; returnTo: string; linkTo: Actor | null };

/** Where the browser has to go. State, nonce and verifier stay here, for this browser and ten minutes. */
export async function beginProvider(ctx: SignInCtx, start: ProviderStart): Promise<URL> {
  const random = () => randomBytes(32).toString("base64url");
  const flow: ProviderFlow = { state: random(), nonce: random(), verifier: random() };
  const address = await start.provider.begin(flow);
  const userId = start.linkTo ? personOf(start.linkTo).id : null;
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + lifeMs);
  const payload = ctx.vault.seal(JSON.stringify({ ...flow, returnTo: start.returnTo }), providerPurpose);
  await ctx.db.prisma.$transaction((tx) =>
    openChallenge(
      tx,
      { kind: "provider", secret: flow.state, browser: ctx.browser },
      { userId, payload, createdAt, expiresAt },
    ),
  );
  return address;
}
