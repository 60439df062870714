import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { tokenScopes } from "../../kernel/roles.ts";
import { environmentNames } from "../identity/schema.ts";
import { maxTokenDays } from "./rules.ts";

/** PostgreSQL has no place for U+0000. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);
const tokenId = text(64).min(1);
const reason = text(500).trim().default("");

/** Null = wherever the owner's roles reach. */
const boundsSchema = z.object({
  network: z.enum(networkNames).nullable(),
  environment: z.enum(environmentNames).nullable(),
});

/** `rotated`: a newer secret took its place and it works for a while yet. */
export const tokenStates = ["live", "rotated", "ended", "revoked"] as const;

export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the secret. */
  hint: z.string(),
  scopes: z.array(z.enum(tokenScopes)),
  bounds: boundsSchema,
  owner: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(tokenStates),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Exact to a minute; null = never. */
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedFrom: z.string().nullable(),
});
export type Token = z.output<typeof tokenSchema>;
export const tokenPageSchema = z.object({ rows: z.array(tokenSchema), next: z.string().nullable() });

/** The secret is told here and never again. */
export const newTokenSchema = z.object({ token: tokenSchema, secret: z.string() });
export type NewToken = z.output<typeof newTokenSchema>;

export const listTokensInput = z.object({
  cursor: text(500).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export const createTokenInput = z.object({
  name: text(60).trim().min(1),
  scopes: z.array(z.enum(tokenScopes)).min(1).max(tokenScopes.length),
  bounds: boundsSchema,
  days: z.int().min(1).max(maxTokenDays),
});
export const rotateTokenInput = z.object({
  tokenId,
  /** How long the old secret goes on working. */
  overlapHours: z.int().min(0).max(168),
});
export const revokeTokenInput = z.object({ tokenId, reason });
