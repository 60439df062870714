export type MetricSpec = { name: string; help: string; labels?: readonly string[] };
export type Labels = Readonly<Record<string, string>>;

export type Counter = { add(by: number, labels?: Labels): void };
export type Gauge = { set(value: number, labels?: Labels): void };
/** Seconds for durations, bytes for sizes. */
export type Distribution = { observe(value: number, labels?: Labels): void };

/** What /metrics shows. Names are `console_…`; asking twice for a name gives the same metric. */
export type Metrics = {
  counter(spec: MetricSpec): Counter;
  gauge(spec: MetricSpec): Gauge;
  /** `read` is called at every scrape. */
  readGauge(spec: MetricSpec, read: () => number): void;
  distribution(spec: MetricSpec & { buckets: readonly number[] }): Distribution;
};
