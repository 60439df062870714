import { z } from "zod";
import { encodeNotice, noticeChannel } from "../../kernel/notice.ts";
import type { Sql, Transaction } from "../../ports/database.ts";
import { manifestSchema } from "../agents/manifest-schema.ts";
import { type DeploymentRecord, type Place, recordSchema } from "./schema.ts";
import type { VersionFacts } from "./set-rules.ts";

export type Deployment = {
  generation: number;
  records: DeploymentRecord[];
  appliedAt: Date;
  lockedAt: Date | null;
  lockedReason: string | null;
};

type DeploymentRow = Omit<Deployment, "records"> & { records: unknown };
type RunSql = Sql;

/** As a verb reads it, or within a transaction (`sqlOf`). */
export async function findDeployment(
  sql: RunSql,
  { agentId, environment }: Place,
  lock = "",
): Promise<Deployment | null> {
  const rows = await sql<DeploymentRow>(
    `SELECT generation, records, applied_at AS "appliedAt", locked_at AS "lockedAt", locked_reason AS "lockedReason"
     FROM deployment WHERE agent_id = $1 AND environment = $2 ${lock}`,
    [agentId, environment],
  );
  const [row] = rows;
  return row ? { ...row, records: parseRecords(row.records) } : null;
}

export function parseRecords(value: unknown): DeploymentRecord[] {
  return z.array(recordSchema).parse(value);
}

/** The statements of a transaction, in the form that reads outside of one have. */
export function sqlOf(tx: Transaction): RunSql {
  return (text, values = []) => tx.$queryRawUnsafe(text, ...values);
}

export type StoredVersion = {
  cid: string;
  semver: string;
  state: VersionFacts["state"];
  bundleCid: string;
  manifest: z.output<typeof manifestSchema>;
};

export async function loadVersions(
  sql: RunSql,
  agentId: string,
  cids: readonly string[],
): Promise<StoredVersion[]> {
  const rows = await sql<Omit<StoredVersion, "manifest"> & { manifest: unknown }>(
    `SELECT cid, semver, state, bundle_cid AS "bundleCid", manifest FROM agent_version
     WHERE agent_id = $1 AND cid = ANY ($2::text[])`,
    [agentId, [...cids]],
  );
  return rows.map((row) => ({ ...row, manifest: manifestSchema.parse(row.manifest) }));
}

export function toVersionFacts({ state, manifest }: StoredVersion): VersionFacts {
  return { state, params: manifest.params, engagements: manifest.engagements.map(({ id }) => id) };
}

/** Tells browsers that something about deployments or rollouts of an agent changed; null = of every agent. */
export async function announceDeployments(tx: Transaction, agentId: string | null, at: Date): Promise<void> {
  const ids = agentId === null ? [] : [agentId];
  const notice = encodeNotice({ topic: "deployments", network: null, ids, at: at.getTime() });
  await tx.$executeRaw`SELECT pg_notify(${noticeChannel}, ${notice})`;
}

/** Whoever changes a place waits here for whoever changes it now; it comes before every lock of a row. */
export async function lockPlace(tx: Transaction, { agentId, environment }: Place): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`deployment ${environment}/${agentId}`}))`;
}
