import { join } from "node:path";
import { type Child, startChild, stopLeftover, tailOf } from "../processes/child.ts";
import { findFreePort } from "../processes/free-port.ts";

/** One of the two. Both answer `/-/ready`, and stop in order on SIGTERM. */
export type MonitoringProgram = {
  name: "Prometheus" | "Alertmanager";
  command: string;
  args: readonly string[];
  port: number;
  /** Log and pid file. */
  directory: string;
};

type Place = { command: string; directory: string; port: number };

/** A demo that runs for days keeps two of them, and never more than this. */
const retention = { time: "2d", size: "256MB" };
const readyMs = 60_000;
const stopMs = 5_000;

export function prometheusProgram({ command, directory, port }: Place): MonitoringProgram {
  const args = [
    `--config.file=${join(directory, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(directory, "prometheus-data")}`,
    `--storage.tsdb.retention.time=${retention.time}`,
    `--storage.tsdb.retention.size=${retention.size}`,
    // What is told before Alertmanager is known is lost, and would come again only after a minute.
    "--rules.alert.resend-delay=15s",
    "--query.max-concurrency=4",
    "--query.timeout=20s",
    "--log.level=warn",
    ...addressArgs(port),
  ];
  return { name: "Prometheus", command, args, port, directory };
}

export function alertmanagerProgram({ command, directory, port }: Place): MonitoringProgram {
  const args = [
    `--config.file=${join(directory, "alertmanager.yml")}`,
    `--storage.path=${join(directory, "alertmanager-data")}`,
    "--data.retention=48h",
    // Empty: it is alone, and opens no second port to find others.
    "--cluster.listen-address=",
    "--log.level=warn",
    ...addressArgs(port),
  ];
  return { name: "Alertmanager", command, args, port, directory };
}

/** Resolves when it answers. */
export async function startMonitoringProgram(program: MonitoringProgram): Promise<Child> {
  const { name, command, args, port, directory } = program;
  const logFile = join(directory, `${name.toLowerCase()}.log`);
  await stopMonitoringLeftover(program);
  // Else whoever has the port would answer for it.
  if ((await findFreePort(port)) !== port)
    throw new Error(`port ${port}, where ${name} belongs, is taken by another program`);
  const child = await startChild({
    ...{ name, command, args, logFile, pidFile: pidFileOf(program), stopSignal: "TERM", stopMs },
    // Both are written in Go: its runtime is told to stay small, and out of the way of what is looked at.
    env: { ...process.env, GOMEMLIMIT: "128MiB", GOMAXPROCS: "1" },
  });
  const deadline = Date.now() + readyMs;
  while (!(await isReady(port))) {
    if (child.hasExited() || Date.now() > deadline) {
      await child.stop();
      throw new Error(`${name} did not become ready. Its log (${logFile}) ends with:\n${tailOf(logFile, 3)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return child;
}

export function stopMonitoringLeftover(program: MonitoringProgram): Promise<void> {
  return stopLeftover(pidFileOf(program), "TERM");
}

function pidFileOf({ directory, name }: MonitoringProgram): string {
  return join(directory, `${name.toLowerCase()}.pid`);
}

/** Links in alerts lead to a place that a browser on this machine reaches. */
function addressArgs(port: number): string[] {
  return [`--web.listen-address=127.0.0.1:${port}`, `--web.external-url=http://127.0.0.1:${port}/`];
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/-/ready`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
