import { existsSync, readFileSync } from "node:fs";

/** What one runner did. `failures` name the tests, one a line, to be read where a log shows only its end. */
export type Outcome = { passed: number; failed: number; failures: string[]; flaky: string[] };

type VitestReport = {
  numPassedTests?: number;
  numFailedTests?: number;
  testResults?: { name: string; status: string; message?: string; assertionResults: Assertion[] }[];
};
type Assertion = { status: string; fullName: string; failureMessages?: string[] };

type PlaywrightReport = {
  stats?: { expected?: number; unexpected?: number; flaky?: number };
  suites?: Suite[];
};
type Suite = { file: string; specs?: Spec[]; suites?: Suite[] };
type Spec = { title: string; tests: { status: string }[] };

/** A run that broke before it could count its failures has failed all the same. */
export function vitestOutcome(report: VitestReport, code: number): Outcome {
  const failures = (report.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    const isBroken = file.status === "failed" && failed.length === 0;
    if (isBroken) return [`${file.name}: ${firstLine(file.message)}`];
    return failed.map((test) => `${file.name} › ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
  });
  const failed = Math.max(report.numFailedTests ?? 0, failures.length);
  return settled(code, { passed: report.numPassedTests ?? 0, failed, failures, flaky: [] });
}

/** A journey that passed when it was repeated has passed, and is named. */
export function playwrightOutcome(report: PlaywrightReport, code: number): Outcome {
  const named = (wanted: string) => (report.suites ?? []).flatMap((suite) => titlesOf(suite, wanted));
  const { expected = 0, unexpected = 0, flaky = 0 } = report.stats ?? {};
  const failures = named("unexpected");
  return settled(code, { passed: expected + flaky, failed: unexpected, failures, flaky: named("flaky") });
}

/** An empty report where there is none: its runner broke before it could write one. */
export function readReport<Report extends object>(path: string): Partial<Report> {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Report) : {};
}

function settled(code: number, outcome: Outcome): Outcome {
  if (code === 0 || outcome.failed > 0) return outcome;
  const failures = [`the runner ended with code ${code}; what it says is above`];
  return { ...outcome, failed: 1, failures };
}

function titlesOf({ file, specs = [], suites = [] }: Suite, wanted: string): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === wanted));
  return [...own.map(({ title }) => `${file} › ${title}`), ...suites.flatMap((one) => titlesOf(one, wanted))];
}

function firstLine(message: string | undefined): string {
  return message?.split("\n", 1)[0] ?? "no reason given";
}
