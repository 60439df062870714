import { defineConfig } from "@playwright/test";
import { chromiumLaunch } from "./e2e/stack/chromium-launch.ts";

// One console on one local network for all journeys; those that break something run last and by themselves.
export default defineConfig({
  testDir: "e2e",
  outputDir: ".local/e2e-results",
  globalSetup: "./e2e/stack/start-stack.ts",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 1,
  reporter: [["list"], ["json", { outputFile: ".local/reports/e2e.json" }], ["html", { open: "never" }]],
  use: {
    launchOptions: await chromiumLaunch(),
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "journeys", testIgnore: "**/*.fault.spec.ts" },
    { name: "faults", testMatch: "**/*.fault.spec.ts", dependencies: ["journeys"] },
  ],
});
