import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { type NetworkName, networkNames } from "../../kernel/networks.ts";

export type GrafanaRole = { network: NetworkName; password: string };

/**
 * Makes (or puts right) the role `grafana_<network>` with which a Grafana of that audience reads: it sees the views of its
 * own schema and nothing else. What a session may lift by SET is a courtesy only; the rights decide. Large objects, which
 * every role may write by default, are closed to the public of this database.
 */
export async function grantGrafanaRole(
  databaseUrl: string,
  { network, password }: GrafanaRole,
): Promise<string> {
  const role = `grafana_${network}`;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<{ database: string; exists: boolean }>(
      "SELECT current_database() AS database, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS exists",
      [role],
    );
    const database = escapeIdentifier(rows[0]?.database ?? "");
    const verb = rows[0]?.exists ? "ALTER" : "CREATE";
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 10 PASSWORD ${escapeLiteral(password)}`,
    );
    for (const statement of rightsOf(role, database)) await client.query(statement);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
  return role;
}

function rightsOf(role: string, database: string): string[] {
  const others = networkNames.map((name) => `grafana_${name}`).filter((name) => name !== role);
  return [
    ...[
      "lo_create(oid)",
      "lo_creat(integer)",
      "lo_from_bytea(oid, bytea)",
      "lo_put(oid, bigint, bytea)",
      "lo_open(oid, integer)",
      "lowrite(integer, bytea)",
    ].map((name) => `REVOKE EXECUTE ON FUNCTION ${name} FROM PUBLIC`),
    `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
    `REVOKE CREATE ON SCHEMA public FROM PUBLIC`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
    ...others.map((schema) => `REVOKE ALL ON SCHEMA ${schema} FROM ${role}`),
    `GRANT CONNECT ON DATABASE ${database} TO ${role}`,
    `GRANT USAGE ON SCHEMA ${role} TO ${role}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${role} TO ${role}`,
    `ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${role}, public`,
    `ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = on`,
    `ALTER ROLE ${role} IN DATABASE ${database} SET statement_timeout = '15s'`,
  ];
}
