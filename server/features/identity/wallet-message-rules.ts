import { cereSs58Prefix } from "../../kernel/networks.ts";
import { toSs58 } from "../../kernel/ss58.ts";

/** What a wallet is asked to sign: CAIP-122 as Substrate wallets show it. Times are RFC 3339 with milliseconds. */
export type WalletMessage = {
  domain: string;
  /** SS58 with Cere's prefix, whatever prefix the person typed: the same account. */
  address: string;
  uri: string;
  chainId: string;
  nonce: string;
  issuedAt: string;
  expiresAt: string;
};

export const walletStatement = "Sign in to DDC Console. This sends no transaction and costs nothing.";

/** How long a message may be signed. */
export const walletLifeMs = 5 * 60_000;

export function walletAddress(publicKey: string): string {
  return toSs58(publicKey, cereSs58Prefix);
}

export function writeWalletMessage(message: WalletMessage): string {
  return [
    `${message.domain} wants you to sign in with your Substrate account:`,
    message.address,
    "",
    walletStatement,
    "",
    `URI: ${message.uri}`,
    "Version: 1",
    `Chain ID: ${message.chainId}`,
    `Nonce: ${message.nonce}`,
    `Issued At: ${message.issuedAt}`,
    `Expiration Time: ${message.expiresAt}`,
  ].join("\n");
}

const line = "([^\\s]{1,200})";
const pattern = new RegExp(
  `^${line} wants you to sign in with your Substrate account:\\n${line}\\n\\n[^\\n]{1,200}\\n\\n` +
    `URI: ${line}\\nVersion: 1\\nChain ID: ${line}\\nNonce: ${line}\\nIssued At: ${line}\\nExpiration Time: ${line}$`,
);

/** Null for anything that is not such a message to the letter. */
export function parseWalletMessage(text: string): WalletMessage | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const [, domain = "", address = "", uri = "", chainId = "", nonce = "", issuedAt = "", expiresAt = ""] =
    found;
  const message = { domain, address, uri, chainId, nonce, issuedAt, expiresAt };
  return writeWalletMessage(message) === text ? message : null;
}
