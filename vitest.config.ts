import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const services = { globalSetup: ["server/testing/services.ts"], testTimeout: 60_000, hookTimeout: 120_000 };

// A database or broker works beside each test, so two at a time keep two processors busy; Vitest would leave one out.
const besideServices = { maxWorkers: "100%" };

/** Tests with a broker take longest: were they last, one of two processors would wait for them. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith(".kafka.test.ts");
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

// unit needs nothing; db needs PostgreSQL; kafka needs a broker too (both are brought up by server/testing/services.ts).
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
          testTimeout: 480_000,
          ...besideServices,
        },
      },
    ],
  },
});
