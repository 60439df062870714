import type { Ctx } from "../../ports/ctx.ts";
import { listContentNodes } from "./content-nodes.ts";
import type { ResolvedName, ResolveNameInput } from "./schema.ts";

const askedAtMost = 4;
const defaultLimitMs = 5_000;

/** What a CNS name of a public bucket points to now, by the first node that answers. */
export async function resolveName(
  ctx: Pick<Ctx, "db" | "deps">,
  input: ResolveNameInput,
  limitMs: number = defaultLimitMs,
): Promise<ResolvedName> {
  let detail = "No registered node could be asked.";
  const { bucket, name } = input;
  for (const { key, name: nodeName, target } of (await listContentNodes(ctx.db, input)).slice(
    0,
    askedAtMost,
  )) {
    const signal = AbortSignal.timeout(limitMs);
    const asked = ctx.deps.contentStore.resolve({ target, bucket, name, token: null }, signal);
    const answer = await asked.catch(() => null);
    if (answer?.kind === "found")
      return { cid: answer.cid.text, ttlSeconds: answer.ttlSeconds, node: key, detail: null };
    detail = `${nodeName}: ${answer?.detail ?? `No answer within ${limitMs / 1_000} s.`}`;
    if (answer?.why === "forbidden") break;
  }
  return { cid: null, ttlSeconds: null, node: null, detail };
}
