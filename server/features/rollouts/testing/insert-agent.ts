import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { openBlake3 } from "../../../kernel/cid/blake3.ts";
import { cidOf } from "../../../kernel/cid/cid.ts";
import type { Ctx } from "../../../ports/ctx.ts";
import { manifestSchema } from "../../agents/manifest-schema.ts";

/** An agent with validated versions whose bundles are in the store. */
export async function insertAgent(
  { db, deps }: Pick<Ctx, "db" | "deps">,
  semvers: readonly string[],
  manifestParts: object = {},
) {
  const agentService = randomBytes(32).toString("hex");
  const agentId = `${agentService}:summarizer`;
  await db.sql(
    `INSERT INTO agent (id, alias, agent_service, created_at, created_by, versions, changed_at, changed_by)
     VALUES ($1, 'summarizer', $2, now(), 'test', $3, now(), 'test')`,
    [agentId, agentService, semvers.length],
  );
  const versions = [];
  for (const semver of semvers) {
    const bundle = Buffer.from(`export const handle = () => "${semver} ${randomBytes(8).toString("hex")}";`);
    const hash = await openBlake3();
    hash.update(bundle);
    const digest = hash.digest();
    const [cid, bundleCid] = [cidOf("dag-node", digest).text, cidOf("raw-piece", digest).text];
    await deps.objectStore.put(`pieces/${bundleCid}`, Readable.from([bundle]), {
      sizeBytes: bundle.length,
      signal: AbortSignal.timeout(5_000),
    });
    const manifest = manifestSchema.parse({
      alias: "summarizer",
      version: semver,
      engagements: [{ id: "summaries", event: "meeting.ended", handler: "handle" }],
      params: { maxMinutes: { type: "integer", minimum: 1, maximum: 120 } },
      ...manifestParts,
    });
    await db.sql(
      `INSERT INTO agent_version (agent_id, cid, semver, state, manifest, manifest_text, bundle_cid, bundle_bytes, files,
         total_bytes, uploaded_at, uploaded_by, uploaded_by_id, state_changed_at, verified_at)
       VALUES ($1, $2, $3, 'validated', $4::jsonb, '', $5, $6, '[]', $6, now(), 'test', 'test', now(), now())`,
      [agentId, cid, semver, JSON.stringify(manifest), bundleCid, bundle.length],
    );
    versions.push({ cid, bundleCid });
  }
  return { agentId, versions };
}
