import type { PrometheusMetrics } from "../adapters/metrics/build-metrics.ts";
import type { Config } from "../config.ts";
import type { HealthCheck } from "../http/health.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Running } from "../kernel/lifecycle.ts";
import type { Deps } from "../ports/ctx.ts";
import type { Database } from "../ports/database.ts";
import type { Logger } from "../ports/logger.ts";

/** What every role of a process shares. */
export type Parts = {
  config: Config;
  db: Database;
  deps: Deps;
  clock: Clock;
  log: Logger;
  metrics: PrometheusMetrics;
};

/** A role at work, and how it judges itself. */
export type StartedRole = Running & { checks: readonly HealthCheck[] };
