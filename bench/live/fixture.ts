import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Client } from "pg";

export type BenchNode = { id: number; key: string };

const mainnet = 3;

/** Partitions for any time; ingest would make them by the day. */
export async function openPartitions(client: Client): Promise<void> {
  for (const table of ["rollup_1s", "rollup_1m", "reading_1s", "reading_1m"])
    await client.query(`CREATE TABLE ${table}_bench PARTITION OF ${table} DEFAULT`);
}

export async function insertNodes(client: Client, count: number): Promise<BenchNode[]> {
  const { rows } = await client.query<BenchNode>(
    `INSERT INTO ddc_node (network, node_key, reported)
     SELECT $1, '0x' || encode(sha256(n::text::bytea), 'hex'), '{"host.name": "bench"}'
     FROM generate_series(1, $2) AS n RETURNING id, node_key AS key`,
    [mainnet, count],
  );
  return rows;
}

/** People with one session each, as if they had just signed in. Returns their cookies. */
export async function insertSessions(client: Client, count: number, secret: string): Promise<string[]> {
  const people = Array.from({ length: count }, () => ({
    id: randomUUID(),
    token: randomBytes(24).toString("hex"),
  }));
  const ids = people.map(({ id }) => id);
  const tokens = people.map(({ token }) => token);
  await client.query(
    "INSERT INTO auth_user (id, name, email) SELECT id, 'Somebody', id || '@bench.local' FROM unnest($1::text[]) AS id",
    [ids],
  );
  await client.query(
    "INSERT INTO role_grant (user_id, role) SELECT id, 'viewer' FROM unnest($1::text[]) AS id",
    [ids],
  );
  await client.query(
    `INSERT INTO auth_session (id, token, user_id, expires_at)
     SELECT gen_random_uuid()::text, token, id, now() + interval '1 h' FROM unnest($1::text[], $2::text[]) AS s(id, token)`,
    [ids, tokens],
  );
  return tokens.map((token) => `console.session_token=${signed(token, secret)}`);
}

/** A signed cookie as the session library writes it: value, point, HMAC-SHA256 in base64. */
function signed(value: string, secret: string): string {
  return encodeURIComponent(`${value}.${createHmac("sha256", secret).update(value).digest("base64")}`);
}
