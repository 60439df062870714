import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Transaction } from "../../ports/database.ts";
import type { Version } from "./schema.ts";
import { type VersionState, versionStates } from "./version-rules.ts";

export type VersionRow = {
  agentId: string;
  cid: string;
  semver: string;
  state: string;
  bundleCid: string;
  bundleBytes: bigint | string;
  totalBytes: bigint | string;
  note: string;
  uploadedAt: Date;
  uploadedBy: string;
  stateChangedAt: Date;
  sunsetAt: Date | null;
  verifiedAt: Date;
};

export function toVersion(row: VersionRow): Version {
  return {
    agentId: row.agentId,
    cid: row.cid,
    semver: row.semver,
    state: toState(row.state),
    bundleCid: row.bundleCid,
    bundleBytes: Number(row.bundleBytes),
    totalBytes: Number(row.totalBytes),
    note: row.note,
    uploadedAt: row.uploadedAt.toISOString(),
    uploadedBy: row.uploadedBy,
    stateChangedAt: row.stateChangedAt.toISOString(),
    sunsetAt: row.sunsetAt?.toISOString() ?? null,
    verifiedAt: row.verifiedAt.toISOString(),
  };
}

/** The database allows no other. */
export function toState(text: string): VersionState {
  return versionStates.find((state) => state === text) ?? "draft";
}

/** What the list shows of an agent, after a version came or changed its state. */
export async function refreshAgent(
  tx: Transaction,
  agentId: string,
  { at, by }: { at: Date; by: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE agent SET versions = of.versions, is_archived = of.is_archived, latest_cid = last.cid,
      latest_semver = last.semver, latest_state = last.state, changed_at = ${at}, changed_by = ${by},
      description = coalesce(last.manifest->>'description', '')
    FROM (SELECT count(*)::int AS versions, bool_and(state = 'archived') AS is_archived
          FROM agent_version WHERE agent_id = ${agentId}) AS of,
         (SELECT cid, semver, state, manifest FROM agent_version WHERE agent_id = ${agentId}
          ORDER BY uploaded_at DESC, cid LIMIT 1) AS last
    WHERE id = ${agentId}`;
}

/** Tells browsers that these agents changed, when the transaction is committed. */
export async function announceAgents(tx: Transaction, ids: readonly string[], at: Date): Promise<void> {
  const notice = encodeNotice({ topic: "agents", network: null, ids, at: at.getTime() });
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
}
