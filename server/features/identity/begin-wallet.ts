import { randomBytes } from "node:crypto";
import { invalid } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import { type Actor, personOf } from "../../kernel/roles.ts";
import { parsePublicKey } from "../../kernel/ss58.ts";
import { openChallenge } from "./challenge.ts";
import type { SignInCtx } from "./sign-in-ctx.ts";
import { walletAddress, walletLifeMs, writeWalletMessage } from "./wallet-message-rules.ts";

export const walletPurpose = "wallet";

export type WalletBegun = { message: string; expiresAt: string };
/** `linkTo` is who adds the account as a way to sign in; null = somebody wants to sign in. */
export type WalletStart = { address: string; baseUrl: URL; linkTo: Actor | null };

/** A message for this account, this browser and the next five minutes. Says nothing about who has access. */
export async function beginWallet(ctx: SignInCtx, start: WalletStart): Promise<WalletBegun> {
  const account = parsePublicKey(start.address.trim());
  if (account === null) throw invalid("This is no account: SS58 with prefix 54 or 42, or 0x and 64 digits.");
  const userId = start.linkTo ? personOf(start.linkTo).id : null;
  const nonce = randomBytes(16).toString("hex");
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + walletLifeMs);
  const message = writeWalletMessage({
    domain: start.baseUrl.host,
    address: walletAddress(account),
    uri: start.baseUrl.origin,
    chainId: `polkadot:${networkByName("mainnet").genesisHash.slice(2, 34)}`,
    nonce,
    issuedAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  });
  const payload = ctx.vault.seal(message, walletPurpose);
  await ctx.db.prisma.$transaction((tx) =>
    openChallenge(
      tx,
      { kind: "wallet", secret: nonce, browser: ctx.browser },
      { userId, payload, createdAt, expiresAt },
    ),
  );
  return { message, expiresAt: expiresAt.toISOString() };
}
