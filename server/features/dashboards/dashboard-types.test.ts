import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(root, "deploy/grafana/dashboards");
const majors = [11, 12, 13];
const names = readdirSync(folder);
/** Below the project, so that the packages are found. */
let work: string;

beforeAll(() => {
  mkdirSync(join(root, ".local"), { recursive: true });
  work = mkdtempSync(join(root, ".local/grafana-types-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

it("are dashboards by the types of Grafana 11, 12 and 13", () => {
  for (const name of names)
    for (const major of majors)
      writeDashboard(`${name}-${major}.ts`, major, readFileSync(join(folder, name), "utf8"));
  expect(names.length).toBeGreaterThan(4);
  expect(typeCheck()).toBe("");
}, 120_000);

it("would not be if a field had another type, whichever of the three is asked", () => {
  const broken = { title: "Broken", schemaVersion: "39", panels: [{ type: "stat", gridPos: { x: "0" } }] };
  for (const major of majors) writeDashboard(`broken-${major}.ts`, major, JSON.stringify(broken));
  const faults = typeCheck();
  for (const major of majors) expect(faults).toContain(`broken-${major}.ts`);
}, 120_000);

/**
 * Written as TypeScript: in imported JSON every text would only be a `string`, and fit no closed set of values. The one
 * set that is an enum there takes its member by name only.
 */
function writeDashboard(file: string, major: number, json: string): void {
  const value = json.replaceAll('"mode": "absolute"', '"mode": ThresholdsMode.Absolute');
  const types = `import { type Dashboard, ThresholdsMode } from "grafana-schema-${major}";`;
  writeFileSync(join(work, file), `${types}\nexport const dashboard: Dashboard = ${value};\n`);
}

function typeCheck(): string {
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: "esnext",
    moduleResolution: "bundler",
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...options, types: [] } }));
  const checked = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", work], { encoding: "utf8" });
  return checked.stdout + checked.stderr;
}
