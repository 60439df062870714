import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../deploy/prometheus/", import.meta.url));
const run = (command: string, ...args: string[]) =>
  spawnSync(command, args, { cwd: folder, encoding: "utf8", timeout: 60_000 });
const isInstalled = (command: string) => run(command, "--version").error === undefined;
const filesOf = (name: string) => readdirSync(`${folder}${name}`).map((file) => `${name}/${file}`);

// Debian: apt-get install --no-install-recommends prometheus prometheus-alertmanager
describe("Prometheus' files", () => {
  it.skipIf(!isInstalled("promtool"))("load, and their rules do what their tests say", () => {
    const checked = run("promtool", "check", "rules", ...filesOf("rules"));
    expect(checked.stderr).toBe("");
    const tested = run("promtool", "test", "rules", ...filesOf("tests"));
    expect(`${tested.stdout}${tested.stderr}`).not.toContain("FAILED");
    expect(tested.status).toBe(0);
    expect(run("promtool", "check", "config", "--syntax-only", "prometheus.yml").status).toBe(0);
  });
  it("have a test for every alert and every recorded series", () => {
    const read = (name: string) =>
      filesOf(name)
        .map((file) => readFileSync(`${folder}${file}`, "utf8"))
        .join("\n");
    const named = [...read("rules").matchAll(/^\s+- (?:alert|record): (\S+)$/gm)].map(
      ([, name]) => name ?? "",
    );
    const tests = read("tests");
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !tests.includes(name))).toEqual([]);
  });
  it.skipIf(!isInstalled("amtool"))("tell Alertmanager where the console is", () => {
    expect(run("amtool", "check-config", "alertmanager.yml").status).toBe(0);
  });
});
