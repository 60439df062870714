import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";

/** What a local network remembers from its first start on. */
export type LocalState = {
  bornAt: number;
  authSecret: string;
  /** By environment, the private X25519 key of its runtimes. */
  secretsKeys: Readonly<Record<"dev" | "staging" | "prod", JWK>>;
};

export function readOrCreateState(directory: string): LocalState {
  const path = join(directory, "state.json");
  const known = readState(path);
  if (known?.secretsKeys) return { ...known, secretsKeys: known.secretsKeys };
  const state = {
    bornAt: known?.bornAt ?? Date.now(),
    authSecret: known?.authSecret ?? randomBytes(32).toString("hex"),
    secretsKeys: { dev: newKey(), staging: newKey(), prod: newKey() },
  };
  writeFileSync(path, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  return state;
}

function newKey(): JWK {
  return generateKeyPairSync("x25519").privateKey.export({ format: "jwk" });
}

/** For the console: the public halves, as its environment names them. */
export function publicKeysOf({ secretsKeys }: Pick<LocalState, "secretsKeys">): string {
  return Object.entries(secretsKeys)
    .map(([environment, { x }]) => `${environment}:${x}`)
    .join(",");
}

/** One from before there were keys has none. */
type Known = Omit<LocalState, "secretsKeys"> & Partial<Pick<LocalState, "secretsKeys">>;

function readState(path: string): Known | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    const known = value as Partial<Known>;
    const { bornAt, authSecret } = known;
    return typeof bornAt === "number" && typeof authSecret === "string"
      ? { ...known, bornAt, authSecret }
      : null;
  } catch {
    return null;
  }
}
