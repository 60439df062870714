import type { Sql } from "../../ports/database.ts";
import type { Place } from "../deployments/schema.ts";
import {
  type KnownSecret,
  type SealedSecrets,
  type Settings,
  sealedSecretsSchema,
  settingsSchema,
} from "./schema.ts";

export type StoredConfig = { settings: Settings; secrets: SealedSecrets };
export type Config = StoredConfig & { revision: number; note: string; author: string; appliedAt: Date };
/** As the database has it. */
export type ConfigColumns = { settings: unknown; secrets: unknown };

const columns = `revision, settings, secrets, note, author_name AS author, applied_at AS "appliedAt"`;

/** What is in force; null = nothing was ever set there. */
export async function findConfig(sql: Sql, { agentId, environment }: Place): Promise<Config | null> {
  const rows = await sql<ConfigRow>(
    `SELECT ${columns} FROM agent_config_revision WHERE agent_id = $1 AND environment = $2 ORDER BY revision DESC LIMIT 1`,
    [agentId, environment],
  );
  return rows[0] ? toConfig(rows[0]) : null;
}

export async function findRevision(
  sql: Sql,
  { agentId, environment, revision }: Place & { revision: number },
): Promise<Config | null> {
  const rows = await sql<ConfigRow>(
    `SELECT ${columns} FROM agent_config_revision WHERE agent_id = $1 AND environment = $2 AND revision = $3`,
    [agentId, environment, revision],
  );
  return rows[0] ? toConfig(rows[0]) : null;
}

type ConfigRow = Omit<Config, "settings" | "secrets"> & ConfigColumns;

function toConfig({ settings, secrets, ...row }: ConfigRow): Config {
  return { ...row, ...parseStored({ settings, secrets }) };
}

export function parseStored({ settings, secrets }: ConfigColumns): StoredConfig {
  return { settings: settingsSchema.parse(settings), secrets: sealedSecretsSchema.parse(secrets) };
}

/** That they are there; what they are stays behind. */
export function toKnownSecrets(secrets: SealedSecrets): KnownSecret[] {
  return Object.entries(secrets)
    .map(([name, { setAt, setBy }]) => ({ name, setAt, setBy }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
