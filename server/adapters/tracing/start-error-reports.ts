import type { Running } from "../../kernel/lifecycle.ts";
import { redact } from "../log/redact.ts";

export type ErrorReportsOptions = { dsn: string; environment: string; release: string };

export type ErrorReports = Running & { report(error: unknown, fields: object): void };

/** An event nests deeper than a log line: exception, stack, frame, context. */
const eventDepth = 12;

/** Unexpected errors to a Sentry server. Loaded only when wanted; nothing leaves without being scrubbed like a log line. */
export async function startErrorReports(options: ErrorReportsOptions): Promise<ErrorReports> {
  const sentry = await import("@sentry/node");
  sentry.init({
    dsn: options.dsn,
    environment: options.environment,
    release: options.release,
    // No breadcrumbs, no patched modules, no request data: only what is handed over below.
    defaultIntegrations: false,
    integrations: [
      sentry.linkedErrorsIntegration(),
      sentry.dedupeIntegration(),
      sentry.nodeContextIntegration(),
    ],
    beforeSend: (event) => Object.assign(event, redact(event, eventDepth)),
  });
  return {
    report: (error, fields) => {
      sentry.captureException(error, { extra: { ...fields } });
    },
    stop: async () => {
      await sentry.close(2_000);
    },
  };
}
