import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type MonitoringFilesPlan = {
  /** deploy/prometheus of this working copy. */
  deployed: string;
  /** Ours, made where it is missing. */
  directory: string;
  /** The console's web role; its ingest role has the next one. */
  consolePort: number;
  prometheusPort: number;
  alertmanagerPort: number;
  metricsToken: string;
  /** How often is scraped and evaluated; null = as it is deployed. */
  everySeconds: number | null;
};

/** As deploy/prometheus/alertmanager.yml names it. */
export function webhookTokenFile(directory: string): string {
  return join(directory, "console-token");
}

/** The files that users deploy, with the addresses of this local network: rules are theirs, byte for byte. */
export function writeMonitoringFiles(plan: MonitoringFilesPlan): void {
  const { deployed, directory, consolePort, metricsToken } = plan;
  // Prometheus watches the folder of targets; simulated nodes have no node-exporter to put there.
  mkdirSync(join(directory, "targets"), { recursive: true });
  rmSync(join(directory, "rules"), { recursive: true, force: true });
  cpSync(join(deployed, "rules"), join(directory, "rules"), { recursive: true });
  const read = (name: string) => readFileSync(join(deployed, name), "utf8");
  const prometheus = replaceAll(read("prometheus.yml"), {
    "localhost:9093": `127.0.0.1:${plan.alertmanagerPort}`,
    "localhost:3000": `127.0.0.1:${consolePort}`,
    "localhost:3001": `127.0.0.1:${consolePort + 1}`,
    ...(plan.everySeconds === null ? {} : { "_interval: 15s": `_interval: ${plan.everySeconds}s` }),
  });
  writeFileSync(join(directory, "prometheus.yml"), prometheus);
  const alertmanager = replaceAll(read("alertmanager.yml"), {
    "http://localhost:3000/": `http://127.0.0.1:${consolePort}/`,
  });
  writeFileSync(join(directory, "alertmanager.yml"), alertmanager);
  writeSecret(join(directory, "console-metrics-token"), metricsToken);
}

/** Nobody else on this machine may read it, and no reader ever sees half of it. */
export function writeSecret(path: string, secret: string): void {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, secret, { mode: 0o600 });
  renameSync(unfinished, path);
}

function replaceAll(text: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((changed, [deployed, ours]) => {
    if (!changed.includes(deployed))
      throw new Error(
        `A file of deploy/prometheus has no "${deployed}" any more, which stands for one of ours.`,
      );
    return changed.replaceAll(deployed, ours);
  }, text);
}
