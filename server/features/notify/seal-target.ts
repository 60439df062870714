import { randomBytes } from "node:crypto";
import type { Vault } from "../../ports/vault.ts";
import type { Target } from "./schema.ts";

/** A target as it is stored: with the key that signs, where it has one. */
export type SealedTarget =
  | Exclude<Target, { kind: "webhook" }>
  | (Extract<Target, { kind: "webhook" }> & { signingSecret: string });

const purpose = "notification receivers";

/** Encrypts an address with its secrets. A webhook gets a new key that signs; it is given back this once. */
export function sealTarget(
  vault: Vault,
  target: Target,
): { sealed: string; shown: string; signingSecret: string | null } {
  const signingSecret = target.kind === "webhook" ? `whsec_${randomBytes(24).toString("base64")}` : null;
  const stored = signingSecret === null ? target : { ...target, signingSecret };
  return { sealed: vault.seal(JSON.stringify(stored), purpose), shown: shownOf(target), signingSecret };
}

/** What `sealTarget` made. Throws when it was sealed with another AUTH_SECRET. */
export function openSealed(vault: Vault, sealed: string): SealedTarget {
  const target: SealedTarget = JSON.parse(vault.open(sealed, purpose));
  return target;
}

/** Paths and queries of such addresses are secrets by themselves. */
function shownOf(target: Target): string {
  return target.kind === "email" ? target.to.join(", ") : `${new URL(target.url).host}/…`;
}
