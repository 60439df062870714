import { malformed, ProtobufBytes, wireType } from "../../kernel/protobuf-bytes.ts";
import type { OtlpAttributes, OtlpMetric, OtlpPoint, OtlpResource, OtlpValue } from "./otlp-metrics.ts";

/** Field numbers of opentelemetry-proto: collector/metrics/v1, metrics/v1, common/v1. */
const request = { resourceMetrics: 1 } as const;
const resourceMetrics = { resource: 1, scopeMetrics: 2 } as const;
const resource = { attributes: 1 } as const;
const scopeMetrics = { metrics: 2 } as const;
const metric = { name: 1, gauge: 5, sum: 7 } as const;
const data = { dataPoints: 1, aggregationTemporality: 2, isMonotonic: 3 } as const;
const point = { startTime: 2, time: 3, asDouble: 4, asInt: 6, attributes: 7 } as const;
const keyValue = { key: 1, value: 2 } as const;
const anyValue = { string: 1, bool: 2, int: 3, double: 4 } as const;

const cumulative = 2;
const nanosPerMs = 1_000_000;

type Range = { from: number; to: number };

/** The request, or the reason why it is none. */
export function parseOtlpProtobuf(bytes: Buffer, start: number, end: number): OtlpResource[] | string {
  try {
    return rangesOf(bytes, { from: start, to: end }, request.resourceMetrics).map((range) =>
      toResource(bytes, range),
    );
  } catch (error) {
    if (error === malformed) return "not protobuf, or cut off";
    throw error;
  }
}

function toResource(bytes: Buffer, range: Range): OtlpResource {
  const attributes = rangesOf(bytes, range, resourceMetrics.resource).flatMap((of) =>
    rangesOf(bytes, of, resource.attributes),
  );
  const metrics = rangesOf(bytes, range, resourceMetrics.scopeMetrics)
    .flatMap((of) => rangesOf(bytes, of, scopeMetrics.metrics))
    .map((of) => toMetric(bytes, of));
  return { attributes: toAttributes(bytes, attributes), metrics };
}

function toMetric(bytes: Buffer, range: Range): OtlpMetric {
  const reader = readerOf(bytes, range);
  let name = "";
  let isCounter = false;
  let points: OtlpPoint[] = [];
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === metric.name) name = textOf(bytes, reader);
    if (field !== metric.gauge && field !== metric.sum) continue;
    expect(reader, wireType.bytes);
    const found = toData(bytes, reader);
    points = found.points;
    isCounter = field === metric.sum && found.isCounter;
  }
  return { name, isCounter, points };
}

function toData(bytes: Buffer, range: Range): { isCounter: boolean; points: OtlpPoint[] } {
  const reader = readerOf(bytes, range);
  const points: OtlpPoint[] = [];
  let isCumulative = false;
  let isMonotonic = false;
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === data.dataPoints) {
      expect(reader, wireType.bytes);
      const found = toPoint(bytes, reader);
      if (Number.isFinite(found.value)) points.push(found);
    } else if (field === data.aggregationTemporality) isCumulative = reader.varint === cumulative;
    else if (field === data.isMonotonic) isMonotonic = reader.varint !== 0;
  }
  return { isCounter: isCumulative && isMonotonic, points };
}

function toPoint(bytes: Buffer, range: Range): OtlpPoint {
  const reader = readerOf(bytes, range);
  const attributes: Range[] = [];
  let startMs = 0;
  let atMs = 0;
  let value = Number.NaN;
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === point.attributes) attributes.push(bytesOf(reader));
    else if (field === point.startTime) startMs = msOf(reader);
    else if (field === point.time) atMs = msOf(reader);
    else if (field === point.asDouble) value = doubleOf(reader);
    else if (field === point.asInt) value = integerOf(reader);
  }
  return { attributes: toAttributes(bytes, attributes), startMs, atMs, value };
}

function toAttributes(bytes: Buffer, ranges: readonly Range[]): OtlpAttributes {
  return Object.fromEntries(ranges.map((range) => toAttribute(bytes, range)));
}

function toAttribute(bytes: Buffer, range: Range): [string, OtlpValue] {
  const reader = readerOf(bytes, range);
  let key = "";
  let value: OtlpValue = null;
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === keyValue.key) key = textOf(bytes, reader);
    else if (field === keyValue.value) value = toValue(bytes, bytesOf(reader));
  }
  return [key, value];
}

/** Lists, maps and bytes are nothing that the console shows of a node. */
function toValue(bytes: Buffer, range: Range): OtlpValue {
  const reader = readerOf(bytes, range);
  let value: OtlpValue = null;
  for (let field = reader.next(); field > 0; field = reader.next()) {
    if (field === anyValue.string) value = textOf(bytes, reader);
    else if (field === anyValue.bool) value = reader.varint !== 0;
    else if (field === anyValue.int) value = signed(reader.varint);
    else if (field === anyValue.double) value = doubleOf(reader);
  }
  return value;
}

function rangesOf(bytes: Buffer, range: Range, wanted: number): Range[] {
  const reader = readerOf(bytes, range);
  const ranges: Range[] = [];
  for (let field = reader.next(); field > 0; field = reader.next())
    if (field === wanted) ranges.push(bytesOf(reader));
  return ranges;
}

function readerOf(bytes: Buffer, { from, to }: Range): ProtobufBytes {
  const reader = new ProtobufBytes();
  reader.begin(bytes, from, to);
  return reader;
}

function bytesOf(reader: ProtobufBytes): Range {
  expect(reader, wireType.bytes);
  return { from: reader.from, to: reader.to };
}

function textOf(bytes: Buffer, reader: ProtobufBytes): string {
  const { from, to } = bytesOf(reader);
  return bytes.toString("utf8", from, to);
}

function doubleOf(reader: ProtobufBytes): number {
  expect(reader, wireType.fixed64);
  return reader.double();
}

function integerOf(reader: ProtobufBytes): number {
  expect(reader, wireType.fixed64);
  return Number(BigInt.asIntN(64, reader.fixed64()));
}

function msOf(reader: ProtobufBytes): number {
  expect(reader, wireType.fixed64);
  return Number(reader.fixed64()) / nanosPerMs;
}

function signed(varint: number | bigint): number | string {
  const value = BigInt.asIntN(64, BigInt(varint));
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

/** A known field of another type is a message of something else. */
function expect(reader: ProtobufBytes, wire: number): void {
  if (reader.wire !== wire) throw malformed;
}
