import { notFound } from "../../kernel/errors.ts";
import type { Sql } from "../../ports/database.ts";
import { parseRecords } from "./deployment-rows.ts";
import type { Place, Proposal, ProposalInput } from "./schema.ts";

export type ProposalRow = Omit<Proposal, "records" | "madeAt"> & { records: unknown; madeAt: Date };

/** The one that is open. */
export async function findProposal(
  sql: Sql,
  { agentId, environment }: Place,
  lock = "",
): Promise<ProposalRow | null> {
  const rows = await sql<ProposalRow>(
    `SELECT id::text AS id, generation, reapplies, records, note, author_id AS "authorId", author_name AS author,
       made_at AS "madeAt"
     FROM deployment_proposal WHERE agent_id = $1 AND environment = $2 AND outcome IS NULL ${lock}`,
    [agentId, environment],
  );
  return rows[0] ?? null;
}

/** Within a transaction, locked: of two who decide, the second finds none. */
export async function lockProposal(sql: Sql, input: ProposalInput): Promise<ProposalRow> {
  const open = await findProposal(sql, input, "FOR UPDATE");
  if (open?.id !== input.id) throw notFound("open proposal", input.id);
  return open;
}

export function toProposal({ records, madeAt, ...row }: ProposalRow): Proposal {
  return { ...row, records: parseRecords(records), madeAt: madeAt.toISOString() };
}
