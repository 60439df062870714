import { BinaryWriter } from "@bufbuild/protobuf/wire";

/** `level` is a sum that can fall (bytes in use), `counter` one that only grows since `startAt`. */
export type MetricKind = "gauge" | "level" | "counter";

export type Point = { value: number; attributes: Readonly<Record<string, string>> };
export type Metric = {
  name: string;
  unit: string;
  kind: MetricKind;
  isInteger: boolean;
  points: readonly Point[];
};

/** What one agent sends about one resource. Times in milliseconds. */
export type ResourceReading = {
  attributes: Readonly<Record<string, string | number>>;
  scope: string;
  startAt: number;
  at: number;
  metrics: readonly Metric[];
};

const cumulative = 2;

/** ExportMetricsServiceRequest as the OpenTelemetry Collector writes it in JSON: 64-bit integers are strings. */
export function asOtlpJson(readings: readonly ResourceReading[]): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      resourceMetrics: readings.map((reading) => ({
        resource: { attributes: Object.entries(reading.attributes).map(attributeJson) },
        scopeMetrics: [
          {
            scope: { name: reading.scope, version: "0.149.0" },
            metrics: reading.metrics.map((metric) => metricJson(metric, reading)),
          },
        ],
      })),
    }),
  );
}

function metricJson(metric: Metric, { startAt, at }: ResourceReading) {
  const dataPoints = metric.points.map(({ value, attributes }) => ({
    attributes: Object.entries(attributes).map(attributeJson),
    startTimeUnixNano: nanos(startAt),
    timeUnixNano: nanos(at),
    ...(metric.isInteger ? { asInt: String(Math.round(value)) } : { asDouble: value }),
  }));
  const { name, unit } = metric;
  if (metric.kind === "gauge") return { name, unit, gauge: { dataPoints } };
  const monotonic = metric.kind === "counter" ? { isMonotonic: true } : {};
  return { name, unit, sum: { dataPoints, aggregationTemporality: cumulative, ...monotonic } };
}

function attributeJson([key, value]: [string, string | number]) {
  return { key, value: typeof value === "string" ? { stringValue: value } : { intValue: String(value) } };
}

function nanos(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

/** The same as protobuf (opentelemetry-proto metrics/v1). */
export function asOtlpProtobuf(readings: readonly ResourceReading[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const reading of readings) {
    writer.tag(1, 2).fork();
    writer.tag(1, 2).fork();
    for (const entry of Object.entries(reading.attributes)) attribute(writer, 1, entry);
    writer.join();
    writer.tag(2, 2).fork();
    writer.tag(1, 2).fork();
    writer.tag(1, 2).string(reading.scope);
    writer.tag(2, 2).string("0.149.0");
    writer.join();
    for (const metric of reading.metrics) metricProtobuf(writer, metric, reading);
    writer.join();
    writer.join();
  }
  return writer.finish();
}

function metricProtobuf(writer: BinaryWriter, metric: Metric, { startAt, at }: ResourceReading): void {
  const isGauge = metric.kind === "gauge";
  writer.tag(2, 2).fork();
  writer.tag(1, 2).string(metric.name);
  writer.tag(3, 2).string(metric.unit);
  writer.tag(isGauge ? 5 : 7, 2).fork();
  for (const { value, attributes } of metric.points) {
    writer.tag(1, 2).fork();
    writer.tag(2, 1).fixed64(nanosBig(startAt));
    writer.tag(3, 1).fixed64(nanosBig(at));
    if (metric.isInteger) writer.tag(6, 1).sfixed64(BigInt(Math.round(value)));
    else writer.tag(4, 1).double(value);
    for (const entry of Object.entries(attributes)) attribute(writer, 7, entry);
    writer.join();
  }
  if (!isGauge) writer.tag(2, 0).int32(cumulative);
  if (metric.kind === "counter") writer.tag(3, 0).bool(true);
  writer.join();
  writer.join();
}

function attribute(writer: BinaryWriter, field: number, [key, value]: [string, string | number]): void {
  writer.tag(field, 2).fork();
  writer.tag(1, 2).string(key);
  writer.tag(2, 2).fork();
  if (typeof value === "string") writer.tag(1, 2).string(value);
  else writer.tag(3, 0).int64(BigInt(value));
  writer.join();
  writer.join();
}

function nanosBig(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds)) * 1_000_000n;
}
