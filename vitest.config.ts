import { defineConfig } from "vitest/config";

const services = { globalSetup: ["server/testing/services.ts"], testTimeout: 60_000, hookTimeout: 120_000 };

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
        },
      },
      { test: { name: "db", include: ["{server,localnet}/**/*.db.test.ts"], ...services } },
      {
        test: {
          name: "kafka",
          include: ["{server,localnet}/**/*.kafka.test.ts"],
          ...services,
          testTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
