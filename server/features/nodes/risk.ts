import { inCount, inDuration, inMs, inPercent } from "../../kernel/wording.ts";
import type { NodeLimits, Risk } from "./schema.ts";

/** What is known of the last 24 h (15 min for failures); null = not measured, which adds nothing and is said. */
export type RiskFacts = {
  failureRatio: number | null;
  requests15m: number | null;
  /** Of the last 24 h and, because an outage of an hour drowns in a day, of the last hour. */
  probes: { asked: number; missed: number; askedHour: number; missedHour: number } | null;
  /** Different pieces that were hashed in the last 24 h; each as it was when last looked at. */
  pieces: { checked: number; wrong: number } | null;
  /** The longest stretch without telemetry and activity, also the one that lasts. */
  longestSilenceMs: number | null;
  longestSilenceAt: Date | null;
  clockSkewMs: number | null;
  disk: { fullInDays: number | null; wording: string } | null;
  /** Offences on the chain; "not_indexed" names the network, "not_read" leaves the factor out. */
  offences: { state: "not_indexed"; network: string } | { state: "not_read" };
};

type Factor = Risk["factors"][number];
type Scale = { from: number; to: number; max: number };

/**
 * Weights. Each factor rises linearly from nothing at `from` to `max` at `to`. Two of the heavy ones at their worst, or one
 * with several others, cross the threshold of 60: a node that is gone for half an hour (35 + 25) does.
 */
const scales = {
  /** Ratio of failed requests, in multiples of the limit. */
  failures: { from: 0.5, to: 10, max: 40 },
  /** Longest silence, ms. */
  silence: { from: 60_000, to: 1_800_000, max: 35 },
  /** Share of missed probes: the worse of a day's at four times its share and the last hour's. */
  probes: { from: 0, to: 0.5, max: 25 },
  /** Share of pieces that do not hash to their CID: one in twenty is as bad as it gets. */
  pieces: { from: 0, to: 0.05, max: 60 },
  /** Clock skew, in multiples of the limit. */
  clock: { from: 1, to: 10, max: 15 },
  /** Days until full, in parts of the limit that are gone. */
  disk: { from: 0, to: 1, max: 25 },
} satisfies Record<string, Scale>;

/** How likely a penalty of the chain is, 0 to 100: the sum of the factors, before anything is on the chain. */
export function riskOf(facts: RiskFacts, limits: NodeLimits): Risk {
  const factors = [
    failureFactor(facts, limits),
    silenceFactor(facts),
    probeFactor(facts),
    pieceFactor(facts),
    clockFactor(facts, limits),
    diskFactor(facts, limits),
    ...offenceFactor(facts),
  ];
  const known = factors.flatMap(({ points }) => (points === null ? [] : [points]));
  const score =
    known.length === 0 ? null : Math.min(100, Math.round(known.reduce((sum, points) => sum + points, 0)));
  const isOverThreshold = score !== null && score >= limits.riskWarn;
  return { score, threshold: limits.riskWarn, isOverThreshold, factors: factors.sort(byPoints) };
}

function failureFactor({ failureRatio, requests15m }: RiskFacts, limits: NodeLimits): Factor {
  const isEnough = failureRatio !== null && (requests15m ?? 0) >= limits.minRequests;
  return {
    ...named("failures", "Failed requests, 15 min", scales.failures),
    reading: isEnough
      ? `${inPercent(failureRatio)}, limit ${inPercent(limits.failureRatioWarn)}`
      : `${inCount(requests15m ?? 0, "request")}, too few to judge`,
    points: isEnough ? ramp(failureRatio / limits.failureRatioWarn, scales.failures) : null,
  };
}

function silenceFactor({ longestSilenceMs, longestSilenceAt }: RiskFacts): Factor {
  const when = longestSilenceAt === null ? "" : ` at ${longestSilenceAt.toISOString().slice(11, 16)} UTC`;
  return {
    ...named("silence", "Longest silence, 24 h", scales.silence),
    reading: longestSilenceMs === null ? "never heard" : `${inDuration(longestSilenceMs)}${when}`,
    points: longestSilenceMs === null ? null : ramp(longestSilenceMs, scales.silence),
  };
}

function probeFactor({ probes }: RiskFacts): Factor {
  const isKnown = probes !== null && probes.asked > 0;
  const share = isKnown
    ? Math.max((4 * probes.missed) / probes.asked, probes.missedHour / Math.max(1, probes.askedHour))
    : 0;
  return {
    ...named("probes", "Missed probes, 24 h", scales.probes),
    reading: isKnown ? `${probes.missed} of ${inCount(probes.asked, "probe")}` : "not probed",
    points: isKnown ? ramp(share, scales.probes) : null,
  };
}

function pieceFactor({ pieces }: RiskFacts): Factor {
  const isKnown = pieces !== null && pieces.checked > 0;
  return {
    ...named("pieces", "Wrong pieces, 24 h", scales.pieces),
    reading: isKnown ? `${pieces.wrong} of ${inCount(pieces.checked, "piece")}` : "none verified",
    points: isKnown ? ramp(pieces.wrong / pieces.checked, scales.pieces) : null,
  };
}

function clockFactor({ clockSkewMs }: RiskFacts, limits: NodeLimits): Factor {
  return {
    ...named("clock", "Clock skew", scales.clock),
    reading: clockSkewMs === null ? "not reported" : skewText(Math.abs(clockSkewMs)),
    points: clockSkewMs === null ? null : ramp(Math.abs(clockSkewMs) / limits.clockSkewMsWarn, scales.clock),
  };
}

function skewText(ms: number): string {
  return ms < 1_000 ? inMs(ms) : inDuration(ms);
}

function diskFactor({ disk }: RiskFacts, limits: NodeLimits): Factor {
  const days = disk === null ? null : (disk.fullInDays ?? Number.POSITIVE_INFINITY);
  return {
    ...named("disk", "Disk full", scales.disk),
    reading: disk?.wording ?? "no forecast",
    points: days === null ? null : ramp(1 - days / limits.diskFullDaysWarn, scales.disk),
  };
}

/** The chain's own reports need an indexer family that not every network has. */
function offenceFactor({ offences }: RiskFacts): Factor[] {
  if (offences.state === "not_read") return [];
  const reading = `not indexed on ${offences.network}`;
  return [
    {
      factor: "offences",
      label: "Reports on chain",
      reading,
      points: null,
      maxPoints: 0,
    },
  ];
}

function named(factor: string, label: string, { max }: Scale) {
  return { factor, label, maxPoints: max };
}

function ramp(value: number, { from, to, max }: Scale): number {
  return Math.round(Math.min(1, Math.max(0, (value - from) / (to - from))) * max);
}

function byPoints(a: Factor, b: Factor): number {
  return (b.points ?? -1) - (a.points ?? -1);
}
