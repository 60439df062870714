import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildConsole, generateClient } from "./build-console.ts";
import { type Outcome, playwrightOutcome, readReport, vitestOutcome } from "./test-report.ts";

/**
 * `npm test`: every test there is, with the services they need; ends with "N passed, N failed". What stands behind `--`
 * goes to Vitest, and then it runs alone: npm test -- --project unit
 * `npm run test:deep`: the journeys that take too long for every change.
 */
const root = dirname(import.meta.dirname);
const directory = join(process.env.LOCALNET_DIR ?? join(root, ".local"), "test-results");
const isDeep = process.argv[2] === "--deep";
const filters = process.argv.slice(isDeep ? 3 : 2);
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const hasJourneys =
  existsSync(join(root, "e2e")) && readdirSync(join(root, "e2e")).some((name) => name.endsWith(".spec.ts"));
const say = (line: string) => console.log(line);
const buildPages = () => buildConsole({ root, env: process.env, say });

mkdirSync(directory, { recursive: true });
try {
  const outcomes = await runAll();
  const sum = (count: (outcome: Outcome) => number) => outcomes.map(count).reduce((a, b) => a + b, 0);
  const failed = sum((outcome) => outcome.failed);
  for (const { failures, flaky } of outcomes) {
    for (const name of flaky) console.log(`passed when repeated: ${name}`);
    for (const failure of failures) console.log(`failed: ${failure}`);
  }
  console.log(`${sum((outcome) => outcome.passed)} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
}

async function runAll(): Promise<Outcome[]> {
  await generateClient({ root, env: process.env, say });
  if (isDeep) return [await runJourneys(["pages", "faults"])];
  if (filters.length > 0 || !hasJourneys) return [await runVitest()];
  // Tests with a broker come first, one file at a time, which leaves a processor to the build. Where that fails, it is
  // said when the journeys ask for the pages.
  const [vitest] = await Promise.all([runVitest(), buildPages().catch(() => {})]);
  return [vitest, await runJourneys(["alone"])];
}

async function runVitest(): Promise<Outcome> {
  const report = join(directory, "vitest.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run(bin("vitest"), ["run", ...reporters, ...filters]);
  return vitestOutcome(readReport(report), code);
}

/** The configuration of Playwright says where its report goes, and which projects come before others. */
async function runJourneys(projects: readonly string[]): Promise<Outcome> {
  await buildPages();
  const report = join(root, ".local", "reports", "e2e.json");
  rmSync(report, { force: true });
  const code = await run(bin("playwright"), [
    "test",
    ...projects.map((name) => `--project=${name}`),
    ...filters,
  ]);
  return playwrightOutcome(readReport(report), code);
}

function run(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
