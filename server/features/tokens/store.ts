import type { ApiToken, Prisma } from "../../../prisma/generated/console/client.ts";
import { notFound } from "../../kernel/errors.ts";
import { networkById } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { type Token, tokenSchema } from "./schema.ts";

export const withOwner = { user: { select: { id: true, name: true } } } satisfies Prisma.ApiTokenInclude;

export type TokenRow = ApiToken & { user: { id: string; name: string } };

/** The row is held until the transaction ends, so that of two rotations the second sees the first. */
export async function lockToken(tx: Transaction, id: string, ownerId?: string): Promise<TokenRow> {
  await tx.$queryRaw`SELECT 1 FROM api_token WHERE id = ${id} FOR UPDATE`;
  const where = { id, ...(ownerId === undefined ? {} : { userId: ownerId }) };
  const row = await tx.apiToken.findUnique({ where, include: withOwner });
  if (!row) throw notFound("token", id);
  return row;
}

export function toToken(row: TokenRow, at: Date): Token {
  return tokenSchema.parse({
    id: row.id,
    name: row.name,
    hint: row.hint,
    scopes: row.scopes,
    bounds: {
      network: row.network === null ? null : networkById(row.network).name,
      environment: row.environment,
    },
    owner: row.user,
    state: stateOf(row, at),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
  });
}

function stateOf(row: ApiToken, at: Date): Token["state"] {
  if (row.revokedAt) return "revoked";
  if (row.expiresAt <= at) return "ended";
  return row.replacedById === null ? "live" : "rotated";
}

/** What the audit log keeps of a token. */
export function auditFacts({ name, hint, scopes, bounds, expiresAt }: Token): object {
  return { name, hint, scopes, bounds, expiresAt };
}
