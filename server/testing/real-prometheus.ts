import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../localnet/processes/free-port.ts";

// Debian: apt-get install --no-install-recommends prometheus
const binary = "/usr/bin/prometheus";
export const hasPrometheus = existsSync(binary);

type Target = { port: number; labels: Readonly<Record<string, string>> };

/** A real Prometheus that scrapes one target each second. */
export async function startPrometheus({ port: target, labels }: Target) {
  const folder = mkdtempSync(join(tmpdir(), "prometheus-"));
  const port = await findFreePort(0);
  const config = join(folder, "prometheus.yml");
  const job = { job_name: "ddc-node", static_configs: [{ targets: [`127.0.0.1:${target}`], labels }] };
  writeFileSync(config, JSON.stringify({ global: { scrape_interval: "1s" }, scrape_configs: [job] }));
  const child = spawn(
    binary,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: new URL(`http://127.0.0.1:${port}`), stop, [Symbol.asyncDispose]: stop };
}

/** An HTTP server that says at `/metrics` what `text` gives, as node-exporter does. */
export async function startExporter(text: () => string) {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/metrics" ? 200 : 404;
    response.setHeader("content-type", "text/plain; version=0.0.4");
    response.end(text());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((done) => server.close(done));
  };
  return { port, stop, [Symbol.asyncDispose]: stop };
}
