import { defineConfig } from "vitest/config";

const services = { globalSetup: ["server/testing/services.ts"], testTimeout: 60_000, hookTimeout: 120_000 };

// A database or broker works beside each test, so two at a time keep two processors busy; Vitest would leave one out.
const besideServices = { maxWorkers: "100%", sequence: { groupOrder: 2 } };

// unit needs nothing; db needs PostgreSQL; kafka needs a broker too (both are brought up by server/testing/services.ts).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{app,server,localnet,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/*.kafka.test.ts", "**/node_modules/**"],
          testTimeout: 30_000,
          ...besideServices,
        },
      },
      {
        test: { name: "db", include: ["{server,localnet}/**/*.db.test.ts"], ...services, ...besideServices },
      },
      {
        test: {
          name: "kafka",
          include: ["{server,localnet}/**/*.kafka.test.ts"],
          ...services,
          testTimeout: 240_000,
          fileParallelism: false,
          // Before all others, while `npm test` builds the pages (localnet/test.ts).
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
