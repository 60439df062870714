/** What ingest tells about its work, for metrics. */
export type FlushReport = {
  ms: number;
  records: number;
  deadLetters: number;
  duplicates: number;
  byTopic: readonly { topic: string; records: number; lag: number }[];
};

export type FlushObserver = {
  flushed(report: FlushReport): void;
  /** A flush was rolled back and its records are read again. */
  failed(why: "fenced" | "error"): void;
};
