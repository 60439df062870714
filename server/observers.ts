import { startErrorReports } from "./adapters/tracing/start-error-reports.ts";
import { startTracing } from "./adapters/tracing/start-tracing.ts";
import type { Config } from "./config.ts";
import type { Running } from "./kernel/lifecycle.ts";

export type Observers = Running & { report(error: unknown, fields: object): void };

/** Tracing and error reports, each only where it is configured. */
export async function startObservers({
  otlpEndpoint,
  sentryDsn,
  roles,
  release,
  mode,
}: Config): Promise<Observers> {
  const { version } = release;
  const serviceName = `cere-console-${roles.join("-")}`;
  const tracing = otlpEndpoint ? await startTracing({ endpoint: otlpEndpoint, serviceName, version }) : null;
  const reports = sentryDsn
    ? await startErrorReports({ dsn: sentryDsn, environment: mode, release: version })
    : null;
  return {
    report: (error, fields) => reports?.report(error, fields),
    stop: async () => {
      await reports?.stop();
      await tracing?.stop();
    },
  };
}
