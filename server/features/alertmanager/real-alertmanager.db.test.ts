import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { findFreePorts } from "../../../localnet/processes/free-port.ts";
import { openOutbound } from "../../adapters/http/open-outbound.ts";
import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { alertmanagerRoute } from "../../http/alertmanager-route.ts";
import { buildConsoleServer } from "../../http/console-server.ts";
import { systemClock } from "../../kernel/clock.ts";
import { aCtx, silentLogger } from "../../testing/a-ctx.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { insertToken } from "../../testing/insert-token.ts";
import { createSilence } from "../alerts/create-silence.ts";
import { endSilence } from "../alerts/end-silence.ts";
import { listAlerts } from "../alerts/list-alerts.ts";
import { listSilences } from "../alerts/list-silences.ts";
import { listAlertsInput, listSilencesInput } from "../alerts/schema.ts";
import { buildTokenGate } from "../tokens/token-gate.ts";
import { syncAlertmanager } from "./start-alertmanager.ts";

const alertmanager = "/usr/bin/prometheus-alertmanager";
const prometheus = "/usr/bin/prometheus";
const areInstalled = existsSync(alertmanager) && existsSync(prometheus);
const network = "devnet";

// Debian: apt-get install --no-install-recommends prometheus prometheus-alertmanager
it.skipIf(!areInstalled)(
  "works with a real Prometheus and Alertmanager: alerts come, silences go both ways, nothing is missed",
  async () => {
    await using db = await testDatabase();
    await using door = await openDoor(db);
    const [amPort = 0, promPort = 0] = await findFreePorts([19_093, 19_090]);
    const folder = mkdtempSync(join(tmpdir(), "alertmanager-"));
    await using running = startBoth({ folder, amPort, promPort, hook: door.url, secret: door.secret });
    const url = new URL(`http://127.0.0.1:${amPort}`);
    const ctx = aCtx({
      db,
      role: "admin",
      clock: systemClock,
      deps: { outbound: openOutbound({ allow: ["127.0.0.1"] }) },
    });
    const list = async (view: "queue" | "quiet") =>
      (await listAlerts(ctx, listAlertsInput.parse({ network, view }))).rows.map(({ rule }) => rule);
    const silences = async () => (await listSilences(ctx, listSilencesInput.parse({ network }))).rows;
    const sync = () => syncAlertmanager(ctx, { network, url });

    await until(async () => (await list("queue")).includes("AlwaysWrong"));

    const own = await createSilence(ctx, {
      network,
      rule: "AlwaysWrong",
      forMs: 3_600_000,
      reason: "planned",
    });
    await sync();
    const there = await fetchJson<{ comment: string; status: { state: string } }[]>(
      `${url.href}api/v2/silences`,
    );
    expect(there.map(({ comment }) => comment)).toEqual([`planned (console silence devnet/${own.id})`]);
    const hidden = await fetchJson<{ status: { state: string } }[]>(`${url.href}api/v2/alerts`);
    expect(hidden.map(({ status }) => status.state)).toEqual(["suppressed"]);
    expect(await list("quiet")).toEqual(["AlwaysWrong"]);
    // The same Alertmanager, for another network.
    await syncAlertmanager(ctx, { network: "testnet", url });
    const elsewhere = await listSilences(ctx, listSilencesInput.parse({ network: "testnet" }));
    expect(elsewhere.rows).toEqual([]);
    await endSilence(ctx, { network, id: own.id });
    await sync();
    const after = await fetchJson<{ status: { state: string } }[]>(`${url.href}api/v2/silences`);
    expect(after.map(({ status }) => status.state)).toEqual(["expired"]);

    const foreign = {
      matchers: [{ name: "team", value: "storage", isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
      createdBy: "somebody there",
      comment: "theirs",
    };
    const made = await fetchJson<{ silenceID: string }>(`${url.href}api/v2/silences`, foreign);
    await until(async () => {
      await sync();
      return (await list("quiet")).includes("AlwaysWrong");
    });
    expect((await silences()).find(({ reason }) => reason === "theirs")).toMatchObject({
      madeBy: "somebody there",
      matchers: 'team="storage"',
      isRunning: true,
    });
    await fetch(`${url.href}api/v2/silence/${made.silenceID}`, { method: "DELETE" });
    await sync();
    expect((await silences()).find(({ reason }) => reason === "theirs")).toMatchObject({
      isRunning: false,
      endedBy: "Alertmanager",
    });
    expect(await list("queue")).toEqual(["AlwaysWrong"]);

    // While we are away an alert fires; what the webhook could not bring is fetched.
    await door[Symbol.asyncDispose]();
    await fetchJson(`${url.href}api/v2/alerts`, [{ labels: { alertname: "Missed", instance: "a:1" } }]).catch(
      () => {},
    );
    await until(async () => {
      await sync();
      return (await list("queue")).includes("Missed");
    });

    await running.stopAlertmanager();
    await expect(sync()).rejects.toMatchObject({ code: "upstream" });
    expect(await list("queue")).toContain("AlwaysWrong");
  },
  120_000,
);

type Plan = { folder: string; amPort: number; promPort: number; hook: string; secret: string };

function startBoth({ folder, amPort, promPort, hook, secret }: Plan) {
  const amConfig = join(folder, "alertmanager.yml");
  writeFileSync(
    amConfig,
    JSON.stringify({
      route: { receiver: "console", group_wait: "1s", group_interval: "1s", repeat_interval: "1m" },
      receivers: [
        {
          name: "console",
          webhook_configs: [{ url: hook, http_config: { authorization: { credentials: secret } } }],
        },
      ],
    }),
  );
  const rules = join(folder, "rules.yml");
  const rule = { alert: "AlwaysWrong", expr: "vector(1)", labels: { severity: "critical", team: "storage" } };
  writeFileSync(rules, JSON.stringify({ groups: [{ name: "test", rules: [rule] }] }));
  const promConfig = join(folder, "prometheus.yml");
  const alertmanagers = [{ static_configs: [{ targets: [`127.0.0.1:${amPort}`] }] }];
  writeFileSync(
    promConfig,
    JSON.stringify({
      global: { evaluation_interval: "1s" },
      rule_files: [rules],
      alerting: { alertmanagers },
    }),
  );
  const am = spawn(
    alertmanager,
    [
      `--config.file=${amConfig}`,
      `--storage.path=${join(folder, "am")}`,
      `--web.listen-address=127.0.0.1:${amPort}`,
      "--cluster.listen-address=",
    ],
    { stdio: "ignore" },
  );
  const prom = spawn(
    prometheus,
    [
      `--config.file=${promConfig}`,
      `--storage.tsdb.path=${join(folder, "prom")}`,
      `--web.listen-address=127.0.0.1:${promPort}`,
      // What fires before it has found its Alertmanager is told again after this, not after a minute.
      "--rules.alert.resend-delay=2s",
    ],
    { stdio: "ignore" },
  );
  return {
    stopAlertmanager: () => end(am),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([end(am), end(prom)]);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

async function openDoor(db: TestDatabase) {
  const door = buildConsoleServer({
    baseUrl: new URL("http://console.test"),
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  door.open([alertmanagerRoute(buildTokenGate({ db, clock: systemClock }), { db, clock: systemClock })]);
  const url = `http://127.0.0.1:${await door.listen(0, "127.0.0.1")}/api/v1/alertmanager`;
  const bounds = { network, environment: null } as const;
  const { secret } = await insertToken(db, { clock: systemClock, scopes: ["alertmanager:write"], bounds });
  return { url, secret, [Symbol.asyncDispose]: () => door.stop() };
}

async function fetchJson<T>(address: string, body?: object): Promise<T> {
  const init = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(address, init || undefined);
  return (await answer.json()) as T;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await pause(250);
}
