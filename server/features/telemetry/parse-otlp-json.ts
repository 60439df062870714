import type { OtlpAttributes, OtlpMetric, OtlpPoint, OtlpResource, OtlpValue } from "./otlp-metrics.ts";
import { type MetricsRequest, metricsRequestSchema } from "./schema.ts";

type JsonResource = MetricsRequest["resourceMetrics"][number];
type JsonMetric = NonNullable<NonNullable<JsonResource["scopeMetrics"]>[number]["metrics"]>[number];
type JsonPoint = NonNullable<NonNullable<JsonMetric["gauge"]>["dataPoints"]>[number];
type JsonAttributes = JsonPoint["attributes"];

const nanosPerMs = 1_000_000;

/** The request, or the reason why it is none. */
export function parseOtlpJson(text: string): OtlpResource[] | string {
  const value = parseOrNull(text);
  if (value === null) return "not JSON";
  const parsed = metricsRequestSchema.safeParse(value.parsed);
  if (parsed.success) return parsed.data.resourceMetrics.map(toResource);
  const [issue] = parsed.error.issues;
  return `not OTLP metrics: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
}

function toResource({ resource, scopeMetrics }: JsonResource): OtlpResource {
  const metrics = (scopeMetrics ?? []).flatMap((scope) => (scope.metrics ?? []).map(toMetric));
  return { attributes: toAttributes(resource?.attributes), metrics };
}

function toMetric({ name, gauge, sum }: JsonMetric): OtlpMetric {
  const points = gauge?.dataPoints ?? sum?.dataPoints ?? [];
  const isCumulative = [2, "AGGREGATION_TEMPORALITY_CUMULATIVE"].includes(sum?.aggregationTemporality ?? 0);
  return { name, isCounter: isCumulative && sum?.isMonotonic === true, points: points.flatMap(toPoint) };
}

function toPoint(point: JsonPoint): OtlpPoint[] {
  const value = point.asDouble ?? (point.asInt === undefined ? Number.NaN : Number(point.asInt));
  if (!Number.isFinite(value)) return [];
  const startMs = Number(point.startTimeUnixNano ?? 0) / nanosPerMs;
  const atMs = Number(point.timeUnixNano ?? 0) / nanosPerMs;
  return [{ attributes: toAttributes(point.attributes), startMs, atMs, value }];
}

function toAttributes(attributes: JsonAttributes): OtlpAttributes {
  return Object.fromEntries((attributes ?? []).map(({ key, value }) => [key, toValue(value)]));
}

type JsonValue = NonNullable<JsonAttributes>[number]["value"];

/** Lists, maps and bytes are nothing that the console shows of a node. */
function toValue(value: JsonValue): OtlpValue {
  if (!value) return null;
  if (value.intValue !== undefined) return exactOrText(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue ?? null;
}

function exactOrText(value: string | number): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function parseOrNull(text: string): { parsed: unknown } | null {
  try {
    return { parsed: JSON.parse(text) };
  } catch {
    return null;
  }
}
