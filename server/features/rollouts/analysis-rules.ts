import type { AnalysisPlan, MetricVerdict, Verdict } from "./schema.ts";

/** What one version did over a span of time; latencies in ms, null without a reading. */
export type Sample = { count: number; failed: number; p99Ms: number | null };
export type Samples = { stable: Sample; candidate: Sample };

/** One-sided, 1 %: a difference that chance gives less often is believed. */
const believedZ = 2.33;
/** Differences below what anybody feels are none. */
const leastLatencyMs = 5;

/**
 * Judges the candidate against the stable version over the same time. Error rates fail as soon as the difference is over
 * its limit and not by chance (pooled two-proportion z test); p99 is noisy, so it fails after several intervals in a row.
 */
export function judge(plan: AnalysisPlan, { stable, candidate }: Samples, oversBefore: number): Verdict {
  const metrics = [judgeErrors(plan, { stable, candidate }), judgeLatency(plan, { stable, candidate })];
  const [errors, latency] = metrics;
  const latencyOvers = latency?.result === "over" ? oversBefore + 1 : 0;
  const common = {
    stableCount: stable.count,
    candidateCount: candidate.count,
    minSample: plan.minSample,
    metrics,
    latencyOvers,
  };
  if (errors?.result === "over") return { ...common, result: "fail", why: errorSentence(errors) };
  if (latencyOvers >= plan.latencyIntervals && latency)
    return { ...common, result: "fail", why: latencySentence(latency, latencyOvers) };
  if (metrics.every(({ result }) => result === "pass"))
    return { ...common, result: "pass", why: "Within all limits." };
  return { ...common, result: "inconclusive", why: unclearSentence(common, plan) };
}

function judgeErrors(plan: AnalysisPlan, { stable, candidate }: Samples): MetricVerdict {
  const [stableRate, rate] = [rateOf(stable), rateOf(candidate)];
  const difference = stableRate === null || rate === null ? null : (rate - stableRate) * 100;
  const metric = {
    metric: "error_rate",
    stable: stableRate === null ? null : stableRate * 100,
    candidate: rate === null ? null : rate * 100,
    difference,
    limit: plan.errorPoints,
  } as const;
  if (isShort(plan, { stable, candidate }) || difference === null) return { ...metric, result: "short" };
  if (difference <= plan.errorPoints) return { ...metric, result: "pass" };
  return { ...metric, result: zOf({ stable, candidate }) >= believedZ ? "over" : "unclear" };
}

function judgeLatency(plan: AnalysisPlan, { stable, candidate }: Samples): MetricVerdict {
  const [before, after] = [stable.p99Ms, candidate.p99Ms];
  const difference = before === null || after === null || before <= 0 ? null : (after / before - 1) * 100;
  const limit = plan.latencyP99Percent;
  const metric = { metric: "latency_p99", stable: before, candidate: after, difference, limit } as const;
  if (isShort(plan, { stable, candidate }) || difference === null || before === null || after === null)
    return { ...metric, result: "short" };
  return { ...metric, result: difference > limit && after - before >= leastLatencyMs ? "over" : "pass" };
}

function isShort({ minSample }: AnalysisPlan, { stable, candidate }: Samples): boolean {
  return stable.count < minSample || candidate.count < minSample;
}

function rateOf({ count, failed }: Sample): number | null {
  return count === 0 ? null : failed / count;
}

function zOf({ stable, candidate }: Samples): number {
  const pooled = (stable.failed + candidate.failed) / (stable.count + candidate.count);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / stable.count + 1 / candidate.count));
  const difference = candidate.failed / candidate.count - stable.failed / stable.count;
  return error === 0 ? (difference > 0 ? Number.POSITIVE_INFINITY : 0) : difference / error;
}

function errorSentence({ stable, candidate, difference }: MetricVerdict): string {
  const points = (value: number | null) => (value ?? 0).toFixed(2);
  return `Errors +${points(difference)} points: ${points(candidate)} % against ${points(stable)} % of the stable version.`;
}

function latencySentence({ candidate, stable, difference }: MetricVerdict, overs: number): string {
  const ms = (value: number | null) => (value ?? 0).toFixed(0);
  return `p99 +${ms(difference)} %: ${ms(candidate)} ms against ${ms(stable)} ms, in ${overs} intervals in a row.`;
}

type Seen = Pick<Verdict, "stableCount" | "candidateCount" | "metrics" | "latencyOvers">;

function unclearSentence(
  { stableCount, candidateCount, metrics, latencyOvers }: Seen,
  plan: AnalysisPlan,
): string {
  const { minSample, latencyIntervals } = plan;
  if (candidateCount < minSample) return `${minSample - candidateCount} events short of ${minSample}.`;
  if (stableCount < minSample)
    return `The stable version is ${minSample - stableCount} events short of ${minSample}.`;
  if (latencyOvers > 0) return `p99 is over its limit in ${latencyOvers} of ${latencyIntervals} intervals.`;
  if (metrics.some(({ result }) => result === "unclear"))
    return "Errors are over their limit, and it may be chance.";
  return "No latency was measured.";
}
