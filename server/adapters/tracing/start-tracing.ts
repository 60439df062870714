import { createRequire } from "node:module";
import type { Running } from "../../kernel/lifecycle.ts";

export type TracingOptions = { endpoint: string; serviceName: string; version: string };

const flushLimitMs = 2_000;
/** Asked every few seconds by machines; their traces would bury the others. */
const untraced = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Traces of HTTP, PostgreSQL and our own spans, sent by OTLP over HTTP. The SDK is loaded only when it is wanted: it
 * costs memory and start-up time.
 */
export async function startTracing(options: TracingOptions): Promise<Running> {
  const [{ NodeSDK }, { OTLPTraceExporter }, { HttpInstrumentation }, { PgInstrumentation }] =
    await Promise.all([
      import("@opentelemetry/sdk-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/instrumentation-http"),
      import("@opentelemetry/instrumentation-pg"),
    ]);
  const sdk = new NodeSDK({
    serviceName: options.serviceName,
    traceExporter: new OTLPTraceExporter({ url: tracesUrl(options.endpoint), timeoutMillis: flushLimitMs }),
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({
        ignoreIncomingRequestHook: ({ url }) => untraced.has(url?.split("?")[0] ?? ""),
      }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  patchLoadedModules();
  return { stop: () => sdk.shutdown() };
}

/** Instrumentation hooks into `require`; ES imports got the same objects, whose prototypes are patched by asking once. */
function patchLoadedModules(): void {
  const require = createRequire(import.meta.url);
  for (const name of ["node:http", "pg"]) require(name);
}

function tracesUrl(endpoint: string): string {
  return `${endpoint.replace(/\/+$/, "")}/v1/traces`;
}
