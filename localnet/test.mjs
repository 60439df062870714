// `npm test`: sets everything up and runs every test. Plain JavaScript, because it may start on an old Node.
// Arguments choose parts: `npm test -- unit db kafka e2e`.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installPackages, modernNode, requireNode, root, run, tryRun } from "./bootstrap.mjs";

requireNode();
installPackages();

const reports = join(root, ".local", "reports");
mkdirSync(reports, { recursive: true });
const node = modernNode();
const bin = (name) => join(root, "node_modules", ".bin", name);
const chosen = process.argv.slice(2);
const wants = (part) => chosen.length === 0 || chosen.includes(part);

run(node, [bin("prisma"), "generate"], { CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" });

const results = [];
for (const project of ["unit", "db", "kafka"]) if (wants(project)) results.push(runVitest(project));
if (wants("e2e")) results.push(runPlaywright());

const sum = (field) => results.reduce((total, result) => total + result[field], 0);
for (const { part, passed, failed, broke } of results)
  console.log(`${part}: ${passed} passed, ${failed} failed${broke ? ` (${broke})` : ""}`);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") === 0 ? 0 : 1);

function runVitest(project) {
  const report = join(reports, `${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const status = tryRun(node, [bin("vitest"), ...args]);
  const read = readReport(report);
  return judge(project, status, read?.numPassedTests ?? 0, read?.numFailedTests ?? 0);
}

function runPlaywright() {
  const report = join(reports, "e2e.json");
  const status = tryRun(node, [bin("playwright"), "test"], { PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  const { expected = 0, unexpected = 0, flaky = 0 } = readReport(report)?.stats ?? {};
  return judge("e2e", status, expected, unexpected + flaky);
}

/** A runner that ended badly without a failed test (a suite that did not load, no report) counts as one failure. */
function judge(part, status, passed, failed) {
  if (status !== 0 && failed === 0)
    return { part, passed, failed: 1, broke: `the runner ended with ${status}` };
  if (passed + failed === 0) return { part, passed, failed: 1, broke: "no test ran" };
  return { part, passed, failed };
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
