/** An account as wallets name it, with the wallet that can sign for it. */
export type WalletAccount = { address: string; name: string | null; scheme: string; wallet: string };

type Injected = {
  accounts: { get(): Promise<readonly { address: string; name?: string; type?: string }[]> };
  signer: {
    signRaw?: (payload: { address: string; data: string; type: "bytes" }) => Promise<{ signature: string }>;
  };
};
type Wallet = { enable(appName: string): Promise<Injected> };

const appName = "DDC Console";

/** What wallets in this browser offer (the interface that Polkadot{.js} defined: `injectedWeb3`). */
function wallets(): ReadonlyMap<string, Wallet> {
  const injected: unknown = Reflect.get(window, "injectedWeb3");
  return new Map(
    Object.entries(Object(injected)).filter((entry): entry is [string, Wallet] => isWallet(entry[1])),
  );
}

export function hasWallets(): boolean {
  return wallets().size > 0;
}

/** Asks every wallet; one that is refused or broken offers nothing and keeps nobody from the others. */
export async function listWalletAccounts(): Promise<WalletAccount[]> {
  const offers = await Promise.allSettled([...wallets()].map(([name, wallet]) => accountsOf(name, wallet)));
  return offers.flatMap((offer) => (offer.status === "fulfilled" ? offer.value : []));
}

/** The signature of the message, as hex. Wrapped, so that the wallet shows it as text and it can be no transaction. */
export async function signWithWallet(account: WalletAccount, message: string): Promise<string> {
  const injected = await wallets().get(account.wallet)?.enable(appName);
  if (!injected?.signer.signRaw) throw new Error(`${account.wallet} cannot sign a message.`);
  const data = toHex(`<Bytes>${message}</Bytes>`);
  const { signature } = await injected.signer.signRaw({ address: account.address, data, type: "bytes" });
  return signature;
}

async function accountsOf(name: string, wallet: Wallet): Promise<WalletAccount[]> {
  const { accounts } = await wallet.enable(appName);
  const known = await accounts.get();
  return known
    .filter(({ type }) => type !== "ethereum")
    .map((account) => ({
      address: account.address,
      name: account.name ?? null,
      scheme: account.type ?? "sr25519",
      wallet: name,
    }));
}

function isWallet(value: unknown): boolean {
  return typeof Reflect.get(Object(value), "enable") === "function";
}

function toHex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
