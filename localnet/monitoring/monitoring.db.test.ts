import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { buildMetrics } from "../../server/adapters/metrics/build-metrics.ts";
import { buildTokenGate } from "../../server/features/tokens/token-gate.ts";
import { alertmanagerRoute } from "../../server/http/alertmanager-route.ts";
import { buildConsoleServer } from "../../server/http/console-server.ts";
import { metricsRoute } from "../../server/http/health.ts";
import { ingestMetrics } from "../../server/ingest/ingest-metrics.ts";
import { systemClock } from "../../server/kernel/clock.ts";
import { silentLogger } from "../../server/testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../server/testing/database.ts";
import { insertToken } from "../../server/testing/insert-token.ts";
import { readLivePid } from "../processes/pid-file.ts";
import { commandOf } from "../processes/process-identity.ts";
import { findConsolePort } from "../start-console.ts";
import { findMonitoringTools } from "./find-tools.ts";
import { webhookTokenFile, writeSecret } from "./monitoring-files.ts";
import { startMonitoring } from "./start-monitoring.ts";

const root = dirname(dirname(import.meta.dirname));
const rulesFolder = join(root, "deploy", "prometheus", "rules");
const metricsToken = "a token that only the two know";
const areInstalled = findMonitoringTools(process.env.PATH).kind === "found";
const untilItIsSo = { timeout: 45_000, interval: 500 };

// Debian: apt-get install --no-install-recommends prometheus prometheus-alertmanager
it.skipIf(!areInstalled)(
  "a console that is well is watched by the deployed rules: all load, every recorded series is there, nothing but the sign of life fires",
  async () => {
    await using db = await testDatabase();
    await using watched = await openWatched(db);
    const { monitoring, directory, addresses } = watched;
    expect(monitoring.environment).toEqual({
      ALERTMANAGER_URLS: ["mainnet", "testnet", "devnet"]
        .map((network) => `${network}:${addresses.Alertmanager}`)
        .join(","),
      METRICS_TOKEN: metricsToken,
      PROMETHEUS_URL: addresses.Prometheus,
    });
    const ask = <T>(path: string) => fetchData<T>(`${addresses.Prometheus}/api/v1/${path}`);

    const { groups } = await ask<{ groups: RuleGroup[] }>("rules");
    const loaded = groups.flatMap(({ rules }) => rules);
    expect(loaded.map(({ name }) => name).sort()).toEqual(namedInRules(/record|alert/).sort());
    const series = async () => {
      const recorded = namedInRules(/record/);
      const answers = await Promise.all(recorded.map((name) => ask<Instant>(`query?query=${name}`)));
      return recorded.filter((_, index) => answers[index]?.result.length === 0);
    };
    await expect.poll(series, untilItIsSo).toEqual([]);
    const { groups: evaluated } = await ask<{ groups: RuleGroup[] }>("rules");
    expect(evaluated.flatMap(({ rules }) => rules).filter(({ health }) => health !== "ok")).toEqual([]);
    expect((await ask<Instant>("query?query=up==0")).result).toEqual([]);

    const heartbeats = () => db.sql("SELECT network FROM alertmanager_heartbeat ORDER BY network");
    await expect.poll(heartbeats, untilItIsSo).toEqual([{ network: 1 }, { network: 2 }, { network: 3 }]);
    const { alerts } = await ask<{ alerts: { state: string; labels: { alertname: string } }[] }>("alerts");
    const firing = alerts.filter(({ state }) => state === "firing");
    expect(firing.map(({ labels }) => labels.alertname)).toEqual(["Watchdog"]);
    expect(await db.sql("SELECT rule FROM alert")).toEqual([]);

    await fetch(`${addresses.Alertmanager}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ labels: { alertname: "ByHand", ddc_network: "testnet" } }]),
    });
    const told = () => db.sql("SELECT network, rule, state FROM alert");
    await expect.poll(told, untilItIsSo).toEqual([{ network: 2, rule: "ByHand", state: "firing" }]);

    const pids = ["prometheus", "alertmanager"].map((name) => join(directory, `${name}.pid`));
    const [prometheus] = pids.map(readLivePid);
    for (const pid of pids.map(readLivePid))
      for (const secret of [metricsToken, watched.secret]) expect(commandOf(pid ?? 0)).not.toContain(secret);
    for (const file of ["console-metrics-token", "console-token"])
      expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600);
    for (const file of readdirSync(rulesFolder))
      expect(readFileSync(join(directory, "rules", file))).toEqual(readFileSync(join(rulesFolder, file)));

    process.kill(prometheus ?? 0, "SIGKILL");
    const isBack = async () => {
      const now = readLivePid(join(directory, "prometheus.pid"));
      return now !== null && now !== prometheus && (await fetch(`${addresses.Prometheus}/-/ready`)).ok;
    };
    await expect.poll(() => isBack().catch(() => false), untilItIsSo).toBe(true);
    await monitoring.stop();
    expect(pids.map(readLivePid)).toEqual([null, null]);
    expect(watched.said).toEqual(["Prometheus ended (signal SIGKILL); starting it again"]);
  },
  180_000,
);

it("runs on without them, and says in one line what is missing and how to get it", async () => {
  const said: string[] = [];
  const packages = ["prometheus", "prometheus-alertmanager"];
  const monitoring = await startMonitoring({
    ...{ root, directory: "/nowhere", consolePort: 1, metricsToken },
    tools: { kind: "missing", packages },
    say: (line) => said.push(line),
  });
  expect(monitoring.environment).toEqual({});
  await monitoring.watchConsole({ consoleUrl: "http://localhost:1", password: "" });
  await monitoring.stop();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain("apt-get install --no-install-recommends prometheus prometheus-alertmanager");
});

type RuleGroup = { rules: { name: string; health: string }[] };
type Instant = { result: unknown[] };

/** A console's two doors with their real figures, a host as node-exporter tells of one, and the two that watch them. */
async function openWatched(db: TestDatabase) {
  const consolePort = await findConsolePort(38_100);
  const consoleUrl = `http://127.0.0.1:${consolePort}`;
  const gate = buildTokenGate({ db, clock: systemClock });
  const [web, ingest] = [await openRole(consolePort), await openRole(consolePort + 1)];
  web.door.open([alertmanagerRoute(gate, { db, clock: systemClock })]);
  for (const role of [web, ingest])
    role.door.open([metricsRoute(role.metrics, { token: metricsToken, gate })]);
  const host = await openHost();
  const { secret } = await insertToken(db, { clock: systemClock, scopes: ["alertmanager:write"] });
  const said: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), "monitoring-"));
  const directory = join(folder, "monitoring");
  const monitoring = await startMonitoring({
    ...{ root, directory: folder, consolePort, metricsToken, everySeconds: 1 },
    preferredPorts: { prometheus: 0, alertmanager: 0 },
    say: (line) => said.push(line),
  });
  const addresses = Object.fromEntries(monitoring.parts().map((line) => line.split(": ")));
  writeSecret(webhookTokenFile(directory), secret);
  const labels = { ddc_network: "devnet", ddc_cluster: "0x7f", ddc_node: "0x01" };
  const targets = [{ targets: [`127.0.0.1:${host.port}`], labels }];
  writeFileSync(join(directory, "targets", "test.yml"), JSON.stringify(targets));
  const work = setInterval(() => {
    void fetch(consoleUrl).then((answer) => answer.body?.cancel());
    const byTopic = [{ topic: "ddc.activity", records: 20, lag: 0 }];
    ingestMetrics(ingest.metrics).flushed({ records: 20, deadLetters: 0, duplicates: 0, ms: 30, byTopic });
  }, 200);
  await monitoring.watchConsole({ consoleUrl, password: "not asked for: the token works" });
  return {
    ...{ monitoring, directory, said, secret },
    addresses: { Prometheus: addresses.Prometheus ?? "", Alertmanager: addresses.Alertmanager ?? "" },
    [Symbol.asyncDispose]: async () => {
      clearInterval(work);
      await monitoring.stop();
      await Promise.all([web.door.stop(), ingest.door.stop(), host.stop()]);
    },
  };
}

async function openRole(port: number) {
  const metrics = buildMetrics({});
  const baseUrl = new URL(`http://127.0.0.1:${port}`);
  const door = buildConsoleServer({ baseUrl, trustedProxies: [], log: silentLogger, metrics });
  await door.listen(port, "127.0.0.1");
  return { door, metrics };
}

/** What node-exporter 1.5 says of a host, as far as the rules ask. */
async function openHost() {
  const startedAt = Date.now();
  const page = () => {
    const seconds = (Date.now() - startedAt) / 1_000;
    return `node_cpu_seconds_total{cpu="0",mode="idle"} ${0.9 * seconds}
node_cpu_seconds_total{cpu="0",mode="user"} ${0.1 * seconds}
node_memory_MemAvailable_bytes 6e+09
node_memory_MemTotal_bytes 8e+09
node_filesystem_avail_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 6e+11
node_filesystem_size_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 1e+12
node_network_receive_bytes_total{device="eth0"} ${1_000 * seconds}
node_network_transmit_bytes_total{device="eth0"} ${2_000 * seconds}
node_timex_offset_seconds 0.0001
node_timex_sync_status 1
`;
  };
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/plain; version=0.0.4").end(page());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port, stop };
}

function namedInRules(kind: RegExp): string[] {
  const text = readdirSync(rulesFolder)
    .map((file) => readFileSync(join(rulesFolder, file), "utf8"))
    .join("\n");
  return [...text.matchAll(new RegExp(`^\\s+- (?:${kind.source}): (\\S+)$`, "gm"))].map(
    ([, name]) => name ?? "",
  );
}

async function fetchData<T>(address: string): Promise<T> {
  // Right after its start it answers with an error until it has loaded what it kept.
  for (;;) {
    const answer = await fetch(address);
    if (answer.ok) return ((await answer.json()) as { data: T }).data;
    await pause(200);
  }
}
