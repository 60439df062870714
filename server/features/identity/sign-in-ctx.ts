import type { Ctx } from "../../ports/ctx.ts";
import type { SessionIssuer } from "../../ports/session-issuer.ts";
import type { Vault } from "../../ports/vault.ts";

/** What signing in needs: nobody is known yet. */
export type SignInCtx = Omit<Ctx, "actor" | "deps"> & {
  issuer: SessionIssuer;
  vault: Vault;
  userAgent: string | null;
  /** A random value in a cookie of this browser, which ties the steps of one sign-in together. */
  browser: string;
};
