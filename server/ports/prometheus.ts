/** One series of an answer, its points in the order of time. Null = Prometheus had a sample there that is no number. */
export type PrometheusSeries = {
  labels: Readonly<Record<string, string>>;
  points: readonly { at: Date; value: number | null }[];
};

/** Evaluated at `start`, `start` + `stepMs` and so on, not beyond `end`. */
export type PrometheusRange = { expression: string; start: Date; end: Date; stepMs: number };

/**
 * A Prometheus that somebody else runs, read only. Each question is bounded in time and size. Rejects with an `AppError`
 * (`upstream`, `timeout`) whose message says what the server answered.
 */
export type Prometheus = {
  /** Host and port, for the words of pages. */
  host: string;
  query(question: { expression: string; at: Date }, cancel?: AbortSignal): Promise<PrometheusSeries[]>;
  queryRange(question: PrometheusRange, cancel?: AbortSignal): Promise<PrometheusSeries[]>;
};
