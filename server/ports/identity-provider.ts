import type { Grant } from "../kernel/roles.ts";

/** What ties one answer of the provider to one question of ours. */
export type ProviderFlow = { state: string; nonce: string; verifier: string };

/** What the provider said about somebody, after every check of it passed. */
export type Claims = {
  issuer: string;
  subject: string;
  /** Lower case; null when the provider tells none or did not verify it. */
  verifiedEmail: string | null;
  name: string | null;
  /** The values of the claim that roles are made from. */
  groups: readonly string[];
};

export type ProviderAnswer = { kind: "proved"; claims: Claims } | { kind: "refused"; reason: string };

/** An OpenID Connect provider. Calls are bounded in time and size; `upstream` is thrown when it cannot be reached. */
export type IdentityProvider = {
  /** As people know it: "Continue with …". */
  name: string;
  /** Where to send the browser (authorization code, PKCE S256). */
  begin(flow: ProviderFlow): Promise<URL>;
  /** Changes the code for tokens and checks issuer, audience, expiry, algorithm, signature, state and nonce. */
  finish(callback: URL, flow: ProviderFlow): Promise<ProviderAnswer>;
  /** Which roles each value of the claim gives. */
  roleMap: ReadonlyMap<string, readonly Grant[]>;
};
