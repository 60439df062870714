import type { Transaction } from "../../ports/database.ts";
import { forgiveTry, judgeTry, type Tries, type TryLimit } from "./throttle-rules.ts";

export type ThrottleKey = { key: string; limit: TryLimit };
export type Admission =
  | { kind: "admitted"; tries: readonly Tries[] }
  | { kind: "blocked"; key: string; until: Date };

/** Counts a try under every key, or under none when one of them is blocked. Concurrent tries wait for each other. */
export async function admitTry(tx: Transaction, keys: readonly ThrottleKey[], at: Date): Promise<Admission> {
  const known = await lockTries(tx, keys, at);
  const admitted: { key: string; tries: Tries }[] = [];
  for (const { key, limit } of keys) {
    const verdict = judgeTry(known.get(key) ?? null, limit, at);
    if (verdict.kind === "blocked") return { kind: "blocked", key, until: verdict.until };
    admitted.push({ key, tries: verdict.tries });
  }
  for (const { key, tries } of admitted) await storeTries(tx, key, tries);
  return { kind: "admitted", tries: admitted.map(({ tries }) => tries) };
}

/** Takes back the try that turned out right, and forgets what is too old to matter. */
export async function forgiveTries(tx: Transaction, keys: readonly ThrottleKey[], at: Date): Promise<void> {
  const known = await lockTries(tx, keys, at);
  for (const { key, limit } of keys) {
    const tries = known.get(key);
    if (tries) await storeTries(tx, key, forgiveTry(tries, limit));
  }
  await tx.signInThrottle.deleteMany({ where: { since: { lt: new Date(at.getTime() - keepMs) } } });
}

const keepMs = 24 * 3600_000;

/** In key order, so that two sign-ins that share both keys cannot wait for each other for ever. */
async function lockTries(
  tx: Transaction,
  keys: readonly ThrottleKey[],
  at: Date,
): Promise<ReadonlyMap<string, Tries>> {
  const names = keys.map(({ key }) => key).sort();
  await tx.signInThrottle.createMany({
    data: names.map((key) => ({ key, failures: 0, since: at })),
    skipDuplicates: true,
  });
  const rows = await tx.$queryRaw<ThrottleRow[]>`
    SELECT key, failures, since, blocked_until FROM sign_in_throttle WHERE key = ANY(${names}) ORDER BY key FOR UPDATE`;
  return new Map(
    rows.map((row) => [
      row.key,
      { failures: row.failures, since: row.since, blockedUntil: row.blocked_until },
    ]),
  );
}

type ThrottleRow = { key: string; failures: number; since: Date; blocked_until: Date | null };

async function storeTries(tx: Transaction, key: string, tries: Tries): Promise<void> {
  await tx.signInThrottle.update({ where: { key }, data: tries });
}
