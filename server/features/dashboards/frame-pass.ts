import { randomBytes } from "node:crypto";
import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import type { Vault } from "../../ports/vault.ts";

/** For a ticket, a one-time way in from the console's page; for a frame, its own cookie. */
export type PassPurpose = "grafana ticket" | "grafana frame";

const passSchema = z.object({
  sessionId: z.string(),
  network: z.enum(networkNames),
  nonce: z.string().length(24),
  /** Milliseconds since the epoch. */
  until: z.int(),
});
export type FramePass = z.infer<typeof passSchema>;

/** Sealed: whoever holds it can neither read nor change whom it is for. */
export function sealPass(vault: Vault, purpose: PassPurpose, pass: Omit<FramePass, "nonce">): string {
  return vault.seal(JSON.stringify({ ...pass, nonce: randomBytes(18).toString("base64url") }), purpose);
}

/** Null: not sealed here, for another purpose, or over. */
export function openPass(
  vault: Vault,
  purpose: PassPurpose,
  { text, at }: { text: string; at: Date },
): FramePass | null {
  if (text.length > 1_024) return null;
  try {
    const pass = passSchema.parse(JSON.parse(vault.open(text, purpose)));
    return pass.until > at.getTime() ? pass : null;
  } catch {
    return null;
  }
}
