/** The part of an OTLP metrics request that the console uses, the same from JSON and protobuf. */
export type OtlpValue = string | number | boolean | null;
export type OtlpAttributes = Readonly<Record<string, OtlpValue>>;

/** Times in ms. Values are doubles, as every reading is. */
export type OtlpPoint = { attributes: OtlpAttributes; startMs: number; atMs: number; value: number };

export type OtlpMetric = {
  name: string;
  /** A sum since `startMs` that only grows. Everything else is a level. */
  isCounter: boolean;
  points: readonly OtlpPoint[];
};

/** One `resourceMetrics`; the same resource may come several times in one request. */
export type OtlpResource = { attributes: OtlpAttributes; metrics: readonly OtlpMetric[] };
