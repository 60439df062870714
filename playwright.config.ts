import { defineConfig } from "@playwright/test";
import { chromiumLaunch } from "./e2e/stack/chromium-launch.ts";

/** Rollouts and alerts take minutes in which a browser does nothing. */
const waiting = ["alerts.spec.ts", "canary.spec.ts", "monitoring.spec.ts"];

// One console on one local network for all journeys.
export default defineConfig({
  testDir: "e2e",
  outputDir: ".local/e2e/results",
  globalSetup: "./e2e/stack/start-stack.ts",
  // A busy machine takes several times as long; what is wrong is told by `expect`, long before.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: Boolean(process.env.CI),
  // On a machine that is not ours a pause of seconds is no failure. What passed only then is named at the end.
  retries: process.env.CI ? 1 : 0,
  // One that works and one that waits keep two processors busy; more of them only make each other late.
  workers: 2,
  reporter: [
    ["list"],
    ["json", { outputFile: ".local/reports/e2e.json" }],
    ["html", { open: "never", outputFolder: ".local/reports/e2e" }],
  ],
  use: {
    launchOptions: await chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    // Costs as much as the journeys themselves.
    trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "first run", testMatch: "first-run.spec.ts" },
    { name: "waiting", testMatch: waiting, dependencies: ["first run"], workers: 1 },
    {
      name: "journeys",
      testIgnore: ["first-run.spec.ts", ...waiting, "live.spec.ts", "**/deep/**"],
      dependencies: ["first run"],
      workers: 1,
    },
    // Counts seconds and opens ten tabs at once.
    { name: "alone", testMatch: "live.spec.ts", dependencies: ["waiting", "journeys"], workers: 1 },
    // Half an hour on a small machine: `npm run test:deep`.
    {
      name: "pages",
      testMatch: "deep/*.spec.ts",
      testIgnore: "**/*.fault.spec.ts",
      dependencies: ["first run"],
      workers: 1,
    },
    // These break things on purpose, and wait for what heals by itself.
    { name: "faults", testMatch: "deep/*.fault.spec.ts", dependencies: ["first run"], workers: 1 },
  ],
});
