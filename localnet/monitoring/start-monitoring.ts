import { join } from "node:path";
import { networkNames } from "../network/plan.ts";
import type { Child } from "../processes/child.ts";
import { findFreePorts } from "../processes/free-port.ts";
import { type Supervised, supervise } from "../processes/supervise.ts";
import { findMonitoringTools, type MonitoringTools } from "./find-tools.ts";
import { webhookTokenFile, writeMonitoringFiles } from "./monitoring-files.ts";
import {
  alertmanagerProgram,
  type MonitoringProgram,
  prometheusProgram,
  startMonitoringProgram,
  stopMonitoringLeftover,
} from "./monitoring-programs.ts";
import { provideWebhookToken } from "./webhook-token.ts";

export type Monitoring = {
  /** What the console needs in its environment; nothing where the two are not run. */
  environment: Readonly<Record<string, string>>;
  /** One line a part: what runs where. */
  parts(): string[];
  /** Once the console answers: what is asked earlier would be told as down. */
  watchConsole(access: { consoleUrl: string; password: string }): Promise<void>;
  stop(): Promise<void>;
};

type MonitoringOptions = {
  root: string;
  /** Of the local network; ours is a folder in it. */
  directory: string;
  consolePort: number;
  metricsToken: string;
  /** There is an Alertmanager of the user's own: nothing is started. */
  hasOwn?: boolean;
  tools?: MonitoringTools;
  everySeconds?: number;
  /** Taken when they are free; 0 = any. */
  preferredPorts?: { prometheus: number; alertmanager: number };
  say(line: string): void;
};

/** Beside Debian's own, which may run here already; the local network's Kafka has 19092 and 19093. */
const usualPorts = { prometheus: 19_090, alertmanager: 19_094 };

/** Prometheus and Alertmanager beside the console, where they are installed. What goes wrong with them stops nothing else. */
export async function startMonitoring(options: MonitoringOptions): Promise<Monitoring> {
  const { root, consolePort, metricsToken, say } = options;
  if (options.hasOwn) return nothing;
  const tools = options.tools ?? findMonitoringTools(process.env.PATH);
  if (tools.kind === "missing") {
    sayMissing(tools.packages, say);
    return nothing;
  }
  const directory = join(options.directory, "monitoring");
  const place = { directory, port: 0 };
  await stopMonitoringLeftover(prometheusProgram({ ...place, command: tools.prometheus }));
  await stopMonitoringLeftover(alertmanagerProgram({ ...place, command: tools.alertmanager }));
  const preferred = options.preferredPorts ?? usualPorts;
  const [prometheusPort = 0, alertmanagerPort = 0] = await findFreePorts([
    preferred.prometheus,
    preferred.alertmanager,
  ]);
  writeMonitoringFiles({
    ...{ deployed: join(root, "deploy", "prometheus"), directory, consolePort, metricsToken },
    ...{ prometheusPort, alertmanagerPort, everySeconds: options.everySeconds ?? null },
  });
  const prometheus = prometheusProgram({ command: tools.prometheus, directory, port: prometheusPort });
  const alertmanager = alertmanagerProgram({
    command: tools.alertmanager,
    directory,
    port: alertmanagerPort,
  });
  const running = [await keepRunning(alertmanager, say)];
  return {
    environment: {
      ALERTMANAGER_URLS: networkNames.map((name) => `${name}:${addressOf(alertmanager)}`).join(","),
      METRICS_TOKEN: metricsToken,
      PROMETHEUS_URL: addressOf(prometheus),
    },
    parts: () => [prometheus, alertmanager].map((program) => `${program.name}: ${addressOf(program)}`),
    watchConsole: async (access) => {
      await provideWebhookToken({ ...access, file: webhookTokenFile(directory) }).catch((error: unknown) =>
        say(`Alertmanager has no token of the console, so nothing that it tells is taken: ${String(error)}`),
      );
      running.unshift(await keepRunning(prometheus, say));
    },
    stop: async () => {
      for (const part of running) await part?.stop();
    },
  };
}

const nothing: Monitoring = {
  environment: {},
  parts: () => [],
  watchConsole: async () => {},
  stop: async () => {},
};

function sayMissing(packages: readonly string[], say: (line: string) => void): void {
  say(
    `not installed: ${packages.join(" and ")}. The demo runs on without alerts of Prometheus. On Debian or Ubuntu: apt-get install --no-install-recommends ${packages.join(" ")}`,
  );
}

/** Null when it does not even start. */
function keepRunning(
  program: MonitoringProgram,
  say: (line: string) => void,
): Promise<Supervised<Child> | null> {
  const onGiveUp = (reason: string) => say(`${reason} The demo runs on without it.`);
  return supervise({ name: program.name, start: () => startMonitoringProgram(program), say, onGiveUp }).catch(
    (error: unknown) => {
      onGiveUp(error instanceof Error ? error.message : String(error));
      return null;
    },
  );
}

function addressOf({ port }: MonitoringProgram): string {
  return `http://127.0.0.1:${port}`;
}
