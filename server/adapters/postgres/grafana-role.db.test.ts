import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { expect, it } from "vitest";
import { insertNode, makeRoom } from "../../features/nodes/testing/insert-node.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { grantGrafanaRole } from "./grafana-role.ts";

/** A role belongs to the whole server, so these tests share it; each has a database of its own. */
async function signInAsGrafana(db: TestDatabase): Promise<Client & AsyncDisposable> {
  const password = randomBytes(18).toString("hex");
  await grantGrafanaRole(db.url, { network: "testnet", password });
  const url = new URL(db.url);
  url.username = "grafana_testnet";
  url.password = password;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

it("lets Grafana's role read the views of its own network", async () => {
  await using db = await testDatabase();
  await makeRoom(db);
  await insertNode(db, { network: "testnet", reported: { "host.name": "here" } });
  await insertNode(db, { network: "mainnet", reported: { "host.name": "elsewhere" } });
  await using grafana = await signInAsGrafana(db);
  const { rows } = await grafana.query("SELECT node FROM grafana_node");
  expect(rows).toEqual([{ node: "here" }]);
});

it("refuses every forged question, also after the courtesies were lifted", async () => {
  await using db = await testDatabase();
  await using grafana = await signInAsGrafana(db);
  await grafana.query("SET default_transaction_read_only = off");
  await grafana.query("SET statement_timeout = 0");
  const forged = [
    "SELECT * FROM auth_user",
    "SELECT * FROM public.ddc_node",
    "SELECT * FROM grafana_mainnet.grafana_node",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_create(0)",
    "CREATE TABLE public.mine (id integer)",
    "CREATE TEMP TABLE mine (id integer)",
    "CREATE SCHEMA mine",
    "UPDATE public.ddc_node SET node_key = 'x'",
    "DELETE FROM audit_entry",
    "SET ROLE postgres",
  ];
  for (const text of forged) await expect(grafana.query(text), text).rejects.toMatchObject({ code: "42501" });
});
