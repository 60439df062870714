import { notFound } from "../../kernel/errors.ts";
import type { Sql } from "../../ports/database.ts";
import type { Place } from "../deployments/schema.ts";
import { type ConfigColumns, parseStored, type StoredConfig, toKnownSecrets } from "./find-config.ts";
import type { ConfigProposalInput, ConfigView } from "./schema.ts";

export type ConfigProposal = StoredConfig & {
  id: string;
  revision: number;
  backTo: number | null;
  note: string;
  authorId: string;
  author: string;
  madeAt: Date;
};

/** The one that is open. */
export async function findConfigProposal(
  sql: Sql,
  { agentId, environment }: Place,
  lock = "",
): Promise<ConfigProposal | null> {
  const rows = await sql<Omit<ConfigProposal, keyof StoredConfig> & ConfigColumns>(
    `SELECT id::text AS id, revision, settings, secrets, back_to AS "backTo", note, author_id AS "authorId",
       author_name AS author, made_at AS "madeAt"
     FROM agent_config_proposal WHERE agent_id = $1 AND environment = $2 AND outcome IS NULL ${lock}`,
    [agentId, environment],
  );
  const [row] = rows;
  return row ? { ...row, ...parseStored(row) } : null;
}

/** Within a transaction, locked: of two who decide, the second finds none. */
export async function lockConfigProposal(sql: Sql, input: ConfigProposalInput): Promise<ConfigProposal> {
  const open = await findConfigProposal(sql, input, "FOR UPDATE");
  if (open?.id !== input.id) throw notFound("open proposal", input.id);
  return open;
}

export function toProposalView({ secrets, madeAt, ...row }: ConfigProposal): ConfigView["proposal"] {
  return { ...row, secrets: toKnownSecrets(secrets), madeAt: madeAt.toISOString() };
}
