import { expect, it } from "vitest";
import { playwrightOutcome, vitestOutcome } from "./test-report.ts";

it("names the tests that failed with the first line of their reason", () => {
  const outcome = vitestOutcome(
    {
      numPassedTests: 1,
      numFailedTests: 1,
      testResults: [
        {
          name: "a.test.ts",
          status: "failed",
          assertionResults: [
            { status: "passed", fullName: "adds" },
            {
              status: "failed",
              fullName: "subtracts",
              failureMessages: ["expected 1 to be 2\n  at a.test.ts:3"],
            },
          ],
        },
      ],
    },
    1,
  );
  expect(outcome).toEqual({
    passed: 1,
    failed: 1,
    failures: ["a.test.ts › subtracts: expected 1 to be 2"],
    flaky: [],
  });
});

it("counts a file that could not be loaded", () => {
  const testResults = [
    { name: "a.test.ts", status: "failed", message: "Cannot find x", assertionResults: [] },
  ];
  const outcome = vitestOutcome({ numPassedTests: 4, numFailedTests: 0, testResults }, 1);
  expect(outcome).toMatchObject({ passed: 4, failed: 1, failures: ["a.test.ts: Cannot find x"] });
});

it("counts a run that wrote no report, or failed outside of its tests, as failed", () => {
  expect(vitestOutcome({}, 137)).toMatchObject({ passed: 0, failed: 1 });
  expect(vitestOutcome({ numPassedTests: 7, numFailedTests: 0 }, 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(playwrightOutcome({}, 1)).toMatchObject({ passed: 0, failed: 1 });
  expect(playwrightOutcome({}, 0)).toMatchObject({ passed: 0, failed: 0 });
});

it("counts a journey that passed when repeated, and names it", () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const outcome = playwrightOutcome(
    {
      stats: { expected: 1, unexpected: 1, flaky: 1 },
      suites: [
        {
          file: "live.spec.ts",
          specs: [spec("moves", "expected")],
          suites: [{ file: "live.spec.ts", specs: [spec("waits", "flaky"), spec("stops", "unexpected")] }],
        },
      ],
    },
    1,
  );
  expect(outcome).toEqual({
    passed: 2,
    failed: 1,
    failures: ["live.spec.ts › stops"],
    flaky: ["live.spec.ts › waits"],
  });
});
