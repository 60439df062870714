import { openBlake3 } from "../../kernel/cid/blake3.ts";
import { cidOf } from "../../kernel/cid/cid.ts";
import type { Deps } from "../../ports/ctx.ts";

const limitMs = 30_000;
/** Bytes that hashed right are hashed again after this long; before every step that adds traffic is often enough. */
const trustedMs = 10_000;
const known = new Map<string, number>();

/** Whether the bytes that runtimes would fetch hash to the CID by which they are named. */
export async function isBundleIntact(
  { objectStore }: Pick<Deps, "objectStore">,
  bundleCid: string,
): Promise<boolean> {
  const seenAt = known.get(bundleCid);
  if (seenAt !== undefined && performance.now() - seenAt < trustedMs) return true;
  const found = await objectStore.get(`pieces/${bundleCid}`, { signal: AbortSignal.timeout(limitMs) });
  if (!found) return false;
  const hash = await openBlake3();
  for await (const chunk of found.body) hash.update(chunk);
  const isSame = cidOf("raw-piece", hash.digest()).text === bundleCid;
  if (isSame) known.set(bundleCid, performance.now());
  else known.delete(bundleCid);
  return isSame;
}
