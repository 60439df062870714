import type { Metrics } from "../ports/metrics.ts";
import type { FlushObserver } from "./flush-observer.ts";

const flushSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What /metrics shows of ingest. Rows per second is the rate of `console_ingest_records_total`. */
export function ingestMetrics(metrics: Metrics): FlushObserver {
  const records = metrics.counter({
    name: "console_ingest_records_total",
    help: "Records stored",
    labels: ["topic"],
  });
  const deadLetters = metrics.counter({
    name: "console_ingest_dead_letters_total",
    help: "Records that could not be read",
  });
  const duplicates = metrics.counter({
    name: "console_ingest_duplicates_total",
    help: "Records that their producer had sent before",
  });
  const lag = metrics.gauge({
    name: "console_ingest_lag_records",
    help: "Records behind the end of the partitions of the last flush",
    labels: ["topic"],
  });
  const duration = metrics.distribution({
    name: "console_ingest_flush_seconds",
    help: "From the cut to the commit",
    buckets: flushSeconds,
  });
  const failures = metrics.counter({
    name: "console_ingest_flush_failures_total",
    help: "Flushes that were rolled back; their records were read again",
    labels: ["why"],
  });
  return {
    flushed: (report) => {
      for (const of of report.byTopic) {
        records.add(of.records, { topic: of.topic });
        lag.set(of.lag, { topic: of.topic });
      }
      deadLetters.add(report.deadLetters);
      duplicates.add(report.duplicates);
      duration.observe(report.ms / 1000);
    },
    failed: (why) => failures.add(1, { why }),
  };
}
