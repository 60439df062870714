import { Readable } from "node:stream";
import type { Cid } from "../../kernel/cid/cid.ts";
import { conflict } from "../../kernel/errors.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Transaction } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { ReadFile } from "./read-upload.ts";
import type { UploadOutcome } from "./schema.ts";
import { announceAgents, refreshAgent, toVersion } from "./store.ts";

export type NewVersion = {
  agentService: string;
  node: { cid: Cid; bytes: Uint8Array };
  files: readonly ReadFile[];
  entry: ReadFile;
  manifest: Manifest;
  manifestText: string;
  note: string;
  asDraft: boolean;
};

/** Moving files of a store that copies takes its time. */
const timeoutMs = 120_000;

/**
 * Puts the files under their CIDs and the version into the registry: both, or neither. One registration at a time, so that
 * whoever fails can take away the pieces that only it brought.
 */
export async function registerVersion(ctx: Ctx, version: NewVersion): Promise<UploadOutcome> {
  const { manifest, agentService, node } = version;
  const agentId = `${agentService}:${manifest.alias}`;
  const brought: string[] = [];
  try {
    return await ctx.db.prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('agents.register'))`;
        const known = await tx.agentVersion.findUnique({
          where: { agentId_cid: { agentId, cid: node.cid.text } },
        });
        if (known) return { kind: "known", version: toVersion(known) };
        const taken = await tx.agentVersion.findUnique({
          where: { agentId_semver: { agentId, semver: manifest.version } },
        });
        if (taken)
          throw conflict(
            `${manifest.version} of ${manifest.alias} is ${taken.cid} already, with other files. Give this one a new version.`,
          );
        await keepPieces(ctx, version, brought);
        return { kind: "registered", version: await insert(tx, ctx, { ...version, agentId }) };
      },
      { timeout: timeoutMs, maxWait: 30_000 },
    );
  } catch (error) {
    for (const key of brought) await ctx.deps.objectStore.remove(key);
    throw error;
  }
}

/** Where the bytes with a CID lie. */
export function pieceKey(cid: string): string {
  return `pieces/${cid}`;
}

async function keepPieces({ deps }: Ctx, { node, files }: NewVersion, brought: string[]): Promise<void> {
  const { objectStore } = deps;
  for (const { key, cid } of files) {
    const piece = pieceKey(cid.text);
    if (await objectStore.stat(piece)) continue;
    await objectStore.move(key, piece);
    brought.push(piece);
  }
  const own = pieceKey(node.cid.text);
  if (await objectStore.stat(own)) return;
  const body = Readable.from([Buffer.from(node.bytes)], { objectMode: false });
  await objectStore.put(own, body, { sizeBytes: node.bytes.length, signal: AbortSignal.timeout(timeoutMs) });
  brought.push(own);
}

async function insert(tx: Transaction, ctx: Ctx, version: NewVersion & { agentId: string }) {
  const { agentId, agentService, node, files, entry, manifest, manifestText, note, asDraft } = version;
  const at = ctx.clock.now();
  const by = { actorId: ctx.actor.id, actorName: ctx.actor.name };
  const cid = node.cid.text;
  await tx.agent.createMany({
    data: [
      {
        id: agentId,
        alias: manifest.alias,
        agentService,
        description: manifest.description,
        createdAt: at,
        createdBy: ctx.actor.name,
        changedAt: at,
        changedBy: ctx.actor.name,
      },
    ],
    skipDuplicates: true,
  });
  const state = asDraft ? "draft" : "validated";
  const row = await tx.agentVersion.create({
    data: {
      agentId,
      cid,
      semver: manifest.version,
      state,
      manifest,
      manifestText,
      bundleCid: entry.cid.text,
      bundleBytes: BigInt(entry.bytes),
      files: files
        .map((file) => ({ name: file.name, cid: file.cid.text, bytes: file.bytes }))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      totalBytes: BigInt(files.reduce((sum, { bytes }) => sum + bytes, 0)),
      note,
      uploadedAt: at,
      uploadedBy: ctx.actor.name,
      uploadedById: ctx.actor.id,
      stateChangedAt: at,
      verifiedAt: at,
    },
  });
  await tx.agentVersionTransition.create({
    data: { agentId, cid, fromState: null, toState: state, ...by, reason: note, at },
  });
  await refreshAgent(tx, agentId, { at, by: ctx.actor.name });
  const after = { semver: manifest.version, cid, state, files: files.length };
  await recordAudit(tx, ctx, { action: "agent.register", subject: `agent:${agentId}`, after, reason: note });
  await announceAgents(tx, [agentId], at);
  return toVersion(row);
}
