import { z } from "zod";

/**
 * OTLP/JSON of an ExportMetricsServiceRequest (opentelemetry-proto metrics/v1), as Collectors and SDKs write it: 64-bit
 * integers as text or number, defaults left out. Histograms and summaries are passed over.
 */
const int64 = z.union([z.string().regex(/^-?[0-9]{1,20}$/), z.int()], { error: "is not a 64-bit integer" });
const nanos = z.union([z.string().regex(/^[0-9]{1,20}$/), z.number().min(0)], {
  error: "is not a time in nanoseconds",
});
/** JSON has no NaN and Infinity, so protobuf writes them as text. */
const double = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);

const anyValueSchema = z.object({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: int64.optional(),
  doubleValue: double.optional(),
});

const attributesSchema = z.array(z.object({ key: z.string(), value: anyValueSchema.nullish() })).nullish();

const numberPointSchema = z.object({
  attributes: attributesSchema,
  startTimeUnixNano: nanos.nullish(),
  timeUnixNano: nanos.nullish(),
  asInt: int64.optional(),
  asDouble: double.optional(),
});

const metricSchema = z.object({
  name: z.string(),
  gauge: z.object({ dataPoints: z.array(numberPointSchema).nullish() }).nullish(),
  sum: z
    .object({
      dataPoints: z.array(numberPointSchema).nullish(),
      aggregationTemporality: z.union([z.int(), z.string()]).nullish(),
      isMonotonic: z.boolean().nullish(),
    })
    .nullish(),
});

export const metricsRequestSchema = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }).nullish(),
      scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema).nullish() })).nullish(),
    }),
  ),
});
export type MetricsRequest = z.infer<typeof metricsRequestSchema>;

/** Columns of the reading tables. Ratios 0 to 1, bytes, bits per second, milliseconds. */
export const gauges = [
  "cpu",
  "memory",
  "disk",
  "load_1m",
  "cpu_cores",
  "memory_bytes",
  "disk_total_bytes",
  "disk_used_bytes",
  "disk_read_ms",
  "net_in_bps",
  "net_out_bps",
  "link_bps",
  "stored_bytes",
  "pieces",
  "clock_skew_ms",
] as const;
export type Gauge = (typeof gauges)[number];

const filterSchema = z.record(z.string(), z.array(z.string()));

/** Which points of which metric give a reading, and how. */
export const metricRuleSchema = z.discriminatedUnion("take", [
  /** One number out of all points of one collection. */
  z.object({
    take: z.literal("level"),
    metric: z.string(),
    reduce: z.enum(["sum", "max", "mean", "busy", "used_share"]),
    where: filterSchema.optional(),
    except: filterSchema.optional(),
  }),
  /** Growth a second of a counter, over all its series. */
  z.object({
    take: z.literal("rate"),
    metric: z.string(),
    scale: z.number(),
    where: filterSchema.optional(),
    except: filterSchema.optional(),
  }),
  /** Growth of one counter by growth of another. */
  z.object({
    take: z.literal("quotient"),
    metric: z.string(),
    by: z.string(),
    scale: z.number(),
    where: filterSchema.optional(),
    except: filterSchema.optional(),
  }),
  /** A number that the resource carries as an attribute. */
  z.object({ take: z.literal("attribute"), attribute: z.string() }),
]);
export type MetricRule = z.infer<typeof metricRuleSchema>;

/** For each reading the rules to try, the best first: the first that finds points is taken. */
export const metricMapSchema = z.partialRecord(z.enum(gauges), z.array(metricRuleSchema));
export type MetricMap = z.infer<typeof metricMapSchema>;
