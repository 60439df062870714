import { resolveTimeRange, type TimeRange } from "../../kernel/time-range.ts";
import type { Ctx } from "../../ports/ctx.ts";
import type { Prometheus } from "../../ports/prometheus.ts";
import type { HostSeries, HostSeriesInput } from "./history-schema.ts";
import { hostExpression, scrapeExpression } from "./host-expressions.ts";
import { momentsOf, readScrape, type Scrape, toReadingRows } from "./host-readings.ts";
import {
  gaugesOfKinds,
  hasReading,
  type ReadingRow,
  readingLines,
  stepsWithReadings,
} from "./reading-series.ts";
import { listReadingTimes } from "./reading-store.ts";
import { gapsOf, toSteps } from "./steps.ts";
import { requireNodeId } from "./store.ts";

/**
 * Readings of a node's machine from node-exporter, by Prometheus, where its telemetry says nothing in the range. A node with
 * telemetry costs no question. Rejects when Prometheus does not answer: then only this is not known.
 */
export async function getHostSeries(ctx: Ctx, input: HostSeriesInput): Promise<HostSeries> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const id = await requireNodeId(ctx.db, input);
  const nothing = { at: at.toISOString(), steps: toSteps(range, at), panels: [], gaps: [] };
  const times = await listReadingTimes(ctx.db, id, range);
  if (times.length > 0) return { ...nothing, from: { kind: "telemetry" } };
  const { prometheus } = ctx.deps;
  if (prometheus === null) return { ...nothing, from: { kind: "absent", why: notConfigured } };
  const { rows, scrape } = await askFor(prometheus, input, { range, at });
  if (rows.length === 0)
    return { ...nothing, from: { kind: "absent", why: whyAbsent(prometheus.host, input, scrape) } };
  const newest = rows.at(-1)?.at.getTime() ?? range.start.getTime();
  const readAt = new Date(Math.min(at.getTime(), newest + range.stepMs));
  return {
    ...nothing,
    from: {
      kind: "node_exporter",
      prometheus: prometheus.host,
      isUp: scrape?.isUp ?? false,
      scrapedAt: (scrape?.isUp ? (scrape.at ?? readAt) : readAt).toISOString(),
    },
    panels: input.kinds.map((kind) => ({
      kind,
      lines: readingLines(kind, rows, { range, at }).filter(hasReading),
    })),
    gaps: gapsOf(stepsWithReadings(rows, range), range, { source: "node_exporter", at }),
  };
}

async function askFor(
  prometheus: Prometheus,
  input: HostSeriesInput,
  { range, at }: { range: TimeRange; at: Date },
): Promise<{ rows: ReadingRow[]; scrape: Scrape | null }> {
  const expression = hostExpression(gaugesOfKinds(input.kinds), input, range.stepMs);
  const [series, scrape] = await Promise.all([
    expression === null ? [] : prometheus.queryRange({ expression, ...momentsOf(range) }),
    prometheus.query({ expression: scrapeExpression(input), at }),
  ]);
  return { rows: toReadingRows(series, range), scrape: readScrape(scrape) };
}

const notConfigured =
  "The node sent no telemetry over Kafka, and no Prometheus is configured. Run node-exporter beside the node, let a Prometheus scrape it with the labels of deploy/prometheus/targets, and set PROMETHEUS_URL.";

function whyAbsent(host: string, { network }: HostSeriesInput, scrape: Scrape | null): string {
  if (scrape === null)
    return `The node sent no telemetry over Kafka, and ${host} scrapes no target with ddc_network="${network}" and ddc_node = this node's key. Add its node-exporter to deploy/prometheus/targets.`;
  return scrape.isUp
    ? `The node sent no telemetry over Kafka. ${host} scrapes its node-exporter, but has no figures of this range.`
    : `The node sent no telemetry over Kafka, and its node-exporter does not answer ${host}, which has no figures of this range.`;
}
