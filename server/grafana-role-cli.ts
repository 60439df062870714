import { grantGrafanaRole } from "./adapters/postgres/grafana-role.ts";
import { inheritedEnvironment } from "./config.ts";
import { isNetworkName, networkNames } from "./kernel/networks.ts";

/**
 * `npm run grafana:role -- <network>`: the database role with which Grafana's data source of that network reads. Needs
 * DATABASE_URL (a role that may create roles) and GRAFANA_PG_PASSWORD, at least 16 characters. Again = put right.
 */
const [network = ""] = process.argv.slice(2);
const { DATABASE_URL: url, GRAFANA_PG_PASSWORD: password } = inheritedEnvironment();
if (!isNetworkName(network)) fail(`Name a network: ${networkNames.join(", ")}.`);
if (!url) fail("DATABASE_URL is not set. It names the console's own PostgreSQL database.");
if (!password || password.length < 16) fail("GRAFANA_PG_PASSWORD is missing or shorter than 16 characters.");
try {
  const role = await grantGrafanaRole(url, { network, password });
  process.stdout.write(`${role} may read the views of schema ${role}, and nothing else\n`);
} catch (error) {
  fail(`The role was not made: ${error instanceof Error ? error.message : String(error)}`);
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
