import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import { networkById } from "../../kernel/networks.ts";
import { type Actor, type Grant, roles } from "../../kernel/roles.ts";
import type { Database } from "../../ports/database.ts";
import type { SessionIssuer } from "../../ports/session-issuer.ts";
import type { Sessions } from "../../ports/sessions.ts";
import { idleSince, isSeenLongAgo } from "./session-rules.ts";

export type SessionSource = { db: Database; clock: Clock; issuer: SessionIssuer };

/** How long an answer is believed: a revoked session is out after this and one request. */
const believedMs = 2_000;
const maxRemembered = 5_000;

type Remembered = { actor: Promise<Actor | null>; until: number };

/** Who is behind a request, asked of the database at most every two seconds for each session. */
export function buildSessions(source: SessionSource): Sessions {
  const remembered = new Map<string, Remembered>();
  return {
    findActor: async (headers) => {
      const token = await source.issuer.readToken(headers);
      if (token === null) return null;
      const now = source.clock.now().getTime();
      const known = remembered.get(token);
      if (known && known.until > now) return known.actor;
      if (remembered.size >= maxRemembered) remembered.clear();
      const actor = findActorByToken(source, token);
      remembered.set(token, { actor, until: now + believedMs });
      // A database that fails is asked again by the next request.
      actor.catch(() => remembered.delete(token));
      return actor;
    },
    listActors: async (sessionIds) => {
      const rows = await liveSessions(source, "id", sessionIds);
      return new Map(rows.map((row) => [row.id, toActor(row)]));
    },
  };
}

async function findActorByToken(source: SessionSource, token: string): Promise<Actor | null> {
  const at = source.clock.now();
  const [row] = await liveSessions(source, "token", [token]);
  if (!row) return null;
  if (isSeenLongAgo(row.last_seen_at, at)) await noteSeen(source, row, at);
  return toActor(row);
}

type SessionRow = {
  id: string;
  user_id: string;
  name: string;
  email: string;
  last_seen_at: Date;
  grants: unknown;
};

async function liveSessions(
  { db, clock }: SessionSource,
  column: "id" | "token",
  values: readonly string[],
): Promise<SessionRow[]> {
  if (values.length === 0) return [];
  const at = clock.now();
  return db.sql<SessionRow>(
    `SELECT s.id, s.user_id, u.name, u.email, s.last_seen_at,
       (SELECT coalesce(json_agg(json_build_object('role', role, 'network', network, 'environment', environment)), '[]')
        FROM role_grant WHERE user_id = u.id) AS grants
     FROM auth_session s JOIN auth_user u ON u.id = s.user_id
     WHERE s.${column} = ANY($1) AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.disabled_at IS NULL`,
    [values, at, idleSince(at)],
  );
}

async function noteSeen({ db }: SessionSource, row: SessionRow, at: Date): Promise<void> {
  await db.sql(
    `WITH session AS (UPDATE auth_session SET last_seen_at = $2 WHERE id = $1)
     UPDATE auth_user SET seen_at = $2 WHERE id = $3`,
    [row.id, at, row.user_id],
  );
}

function toActor({ id: sessionId, user_id: id, name, email, grants }: SessionRow): Actor {
  return { kind: "person", id, name, email, sessionId, grants: toGrants(grants) };
}

const storedGrants = z.array(
  z.object({ role: z.enum(roles), network: z.int().nullable(), environment: z.string().nullable() }),
);

function toGrants(stored: unknown): Grant[] {
  return storedGrants
    .parse(stored)
    .map((grant) => ({ ...grant, network: grant.network === null ? null : networkById(grant.network).name }));
}
