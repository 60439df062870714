import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import { type AppError, outOfReach, tooMany, unauthenticated } from "../../kernel/errors.ts";
import { networkById } from "../../kernel/networks.ts";
import { type Grant, roles, type TokenActor, type TokenScope, tokenScopes } from "../../kernel/roles.ts";
import type { Database } from "../../ports/database.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { senderOf } from "../identity/address-rules.ts";
import {
  type Bucket,
  carriesScope,
  isUsedLongAgo,
  narrowGrants,
  type Pace,
  scopeTable,
  takeOne,
} from "./rules.ts";
import { bearerToken, hashOfToken } from "./token-secret.ts";

export type TokenCaller = { authorization: string | null; address: string | null; requestId: string };

/** Where machines prove themselves. Asks the database for every call, so that a revocation holds at once. */
export type TokenGate = {
  /** Throws `unauthenticated`, `forbidden` or `too_many`; what is refused is written to the audit log. */
  admit(caller: TokenCaller, scope: TokenScope): Promise<TokenActor>;
};

/** An exporter that sends every 100 ms from ten threads stays below it. */
const pacePerToken: Pace = { perSecond: 100, burst: 300 };
/** Wrong tokens from one address: beyond it nobody is asked and nothing is written. */
const pacePerSender: Pace = { perSecond: 1 / 3, burst: 20 };
/** A machine that is refused goes on asking: the same refusal of the same token is written once a minute. */
const pacePerRefusal: Pace = { perSecond: 1 / 60, burst: 1 };
const maxRemembered = 10_000;

type Gate = { db: Database; clock: Clock; buckets: Map<string, Bucket> };

export function buildTokenGate(source: { db: Database; clock: Clock }): TokenGate {
  const gate: Gate = { ...source, buckets: new Map() };
  return { admit: (caller, scope) => admit(gate, caller, scope) };
}

async function admit(gate: Gate, caller: TokenCaller, scope: TokenScope): Promise<TokenActor> {
  const at = gate.clock.now();
  const secret = bearerToken(caller.authorization);
  const token = secret === null ? null : await findToken(gate.db, secret);
  const refusal = refusalOf(token, at);
  if (token === null || refusal !== null)
    throw await refuseStranger(gate, caller, { token, reason: refusal ?? "" });
  const actor = toActor(token);
  if (!spend(gate, `token ${token.id}`, pacePerToken))
    throw tooMany("This token asks too often. Send less at a time.", 1);
  const outside = outsideReason(actor, scope);
  if (outside !== null) {
    await note(gate, caller, { actor, subject: `token:${actor.id}`, reason: outside });
    throw outOfReach(outside);
  }
  if (isUsedLongAgo(token.last_used_at, at)) await noteUse(gate, token.id, caller.address);
  return actor;
}

/** The audit log tells them apart; the answer does not, so that nobody learns which tokens there were. */
function refusalOf(token: TokenRow | null, at: Date): string | null {
  if (token === null) return "The token is not known.";
  if (token.revoked_at && token.revoked_at <= at) return "The token was revoked.";
  if (token.expires_at <= at) return "The token has expired.";
  return token.disabled_at ? "The token's owner is deactivated." : null;
}

function outsideReason(actor: TokenActor, scope: TokenScope): string | null {
  if (!actor.scopes.includes(scope))
    return `The token has the scope ${actor.scopes.join(", ")}; this needs ${scope}.`;
  if (carriesScope(actor.grants, scope)) return null;
  return `The token's owner no longer holds a role that carries ${scope} (${scopeTable[scope].roles.join(" or ")}).`;
}

type Refused = { token: TokenRow | null; reason: string };

async function refuseStranger(
  gate: Gate,
  caller: TokenCaller,
  { token, reason }: Refused,
): Promise<AppError> {
  if (!spend(gate, `sender ${senderOf(caller.address)}`, pacePerSender))
    return tooMany("Too many wrong tokens from this address.", 60);
  const actor = { kind: "system", id: "token-gate", name: "Token check" } as const;
  await note(gate, caller, { actor, subject: `token:${token?.id ?? "unknown"}`, reason });
  return unauthenticated("Send a token that is in force as Authorization: Bearer.");
}

type Note = {
  actor: { kind: "token" | "system"; id: string; name: string };
  subject: string;
  reason: string;
};

async function note(gate: Gate, caller: TokenCaller, { actor, subject, reason }: Note): Promise<void> {
  const { db, clock } = gate;
  const { requestId, address } = caller;
  const isKnown = subject !== "token:unknown";
  if (isKnown && !spend(gate, `refusal ${subject} ${reason}`, pacePerRefusal)) return;
  await db.prisma.$transaction((tx) =>
    recordAudit(tx, { clock, requestId, address, actor }, { action: "token.refuse", subject, reason }),
  );
}

function spend({ buckets, clock }: Gate, key: string, pace: Pace): boolean {
  const next = takeOne(buckets.get(key), pace, clock.now());
  if (next === null) return false;
  if (buckets.size >= maxRemembered) buckets.clear();
  buckets.set(key, next);
  return true;
}

const tokenRow = z.object({
  id: z.string(),
  name: z.string(),
  user_id: z.string(),
  owner: z.string(),
  disabled_at: z.date().nullable(),
  scopes: z.array(z.enum(tokenScopes)),
  network: z.int().nullable(),
  environment: z.string().nullable(),
  expires_at: z.date(),
  revoked_at: z.date().nullable(),
  last_used_at: z.date().nullable(),
  grants: z.array(
    z.object({ role: z.enum(roles), network: z.int().nullable(), environment: z.string().nullable() }),
  ),
});
type TokenRow = z.output<typeof tokenRow>;

async function findToken(db: Database, secret: string): Promise<TokenRow | null> {
  const [row] = await db.sql(
    `SELECT t.id, t.name, t.user_id, u.name AS owner, u.disabled_at, t.scopes, t.network, t.environment,
       t.expires_at, t.revoked_at, t.last_used_at,
       (SELECT coalesce(json_agg(json_build_object('role', role, 'network', network, 'environment', environment)), '[]')
        FROM role_grant WHERE user_id = u.id) AS grants
     FROM api_token t JOIN auth_user u ON u.id = t.user_id WHERE t.hash = $1`,
    [Buffer.from(hashOfToken(secret))],
  );
  return row ? tokenRow.parse(row) : null;
}

function toActor(row: TokenRow): TokenActor {
  const nameOf = (network: number | null) => (network === null ? null : networkById(network).name);
  const held: Grant[] = row.grants.map((grant) => ({ ...grant, network: nameOf(grant.network) }));
  return {
    kind: "token",
    id: row.id,
    name: row.name,
    owner: { id: row.user_id, name: row.owner },
    scopes: row.scopes,
    grants: narrowGrants(held, { network: nameOf(row.network), environment: row.environment }),
  };
}

async function noteUse({ db, clock }: Gate, id: string, address: string | null): Promise<void> {
  await db.sql("UPDATE api_token SET last_used_at = $2, last_used_from = $3 WHERE id = $1", [
    id,
    clock.now(),
    address,
  ]);
}
