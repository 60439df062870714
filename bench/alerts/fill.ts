import type { Client } from "pg";
import { insertSessions } from "../live/fixture.ts";

export const mainnet = 3;

/** As in an outage of everything: most are warnings, one in ten is critical. */
export async function fillAlerts(client: Client, open: number): Promise<void> {
  await client.query(
    `INSERT INTO alert (network, rule, subject_kind, subject_id, subject_name, severity, state, title, detail, pending_at,
                        firing_at, evaluated_at)
     SELECT $1, 'own-' || n % 1000, 'node', '0x' || md5(n::text), 'site' || n % 24 || '-s' || n, 1 + (n % 10 > 0)::int,
            'firing', 'Requests fail', '4.1 %, limit above 3 % for 2 m 00 s', now() - n * interval '1 s',
            now() - n * interval '1 s', now()
     FROM generate_series(1, $2) AS n`,
    [mainnet, open],
  );
  await client.query("VACUUM (ANALYZE) alert");
}

/** Somebody who may acknowledge. */
export async function insertOperators(client: Client, secret: string): Promise<string[]> {
  const cookies = await insertSessions(client, 1, secret);
  await client.query("UPDATE role_grant SET role = 'operator'");
  return cookies;
}
