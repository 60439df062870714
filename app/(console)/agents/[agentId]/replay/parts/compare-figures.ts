import type { SideSummary } from "../../../../../../server/features/replays/schema.ts";

export type Judged = "better" | "worse" | "same" | "unknown";
export type Compared = {
  label: string;
  unit: string;
  stable: number | null;
  candidate: number | null;
  /** As it is read: a count, a percentage in points, or a share of the stable one in percent. */
  difference: { value: number; unit: "" | "pt" | "%" } | null;
  judged: Judged;
};

/** Below it two times are the same. */
const samePercent = 2.5;

/** Both versions, figure by figure; less is better in all of them but the first. */
export function compareFigures(stable: SideSummary, candidate: SideSummary): Compared[] {
  return [
    countOf("Finished", [stable.finished, candidate.finished]),
    pointsOf("Failed", [ratio(stable.failed, ranOf(stable)), ratio(candidate.failed, ranOf(candidate))]),
    timeOf("Time p50", [stable.p50Ms, candidate.p50Ms]),
    timeOf("Time p95", [stable.p95Ms, candidate.p95Ms]),
    timeOf("Time p99", [stable.p99Ms, candidate.p99Ms]),
    timeOf("Time max", [stable.maxMs, candidate.maxMs]),
    pointsOf("Empty result", [
      ratio(stable.empty, stable.finished),
      ratio(candidate.empty, candidate.finished),
    ]),
    {
      ...countOf("Not engaged", [stable.unhandled, candidate.unhandled]),
      judged: sameOrUnknown(stable, candidate),
    },
  ];
}

type Pair = readonly [stable: number | null, candidate: number | null];

function countOf(label: string, [stable, candidate]: readonly [number, number]): Compared {
  const value = candidate - stable;
  const judged = value === 0 ? "same" : value > 0 ? "better" : "worse";
  return { label, unit: "", stable, candidate, difference: { value, unit: "" }, judged };
}

/** Which events a version is for is its own choice: another number is neither better nor worse. */
function sameOrUnknown(stable: SideSummary, candidate: SideSummary): Judged {
  return stable.unhandled === candidate.unhandled ? "same" : "unknown";
}

function pointsOf(label: string, [stable, candidate]: Pair): Compared {
  const common = { label, unit: "%", stable, candidate };
  if (stable === null || candidate === null) return { ...common, difference: null, judged: "unknown" };
  const value = candidate - stable;
  return { ...common, difference: { value, unit: "pt" }, judged: judgedBy(value, 0) };
}

function timeOf(label: string, [stable, candidate]: Pair): Compared {
  const common = { label, unit: "ms", stable, candidate };
  if (stable === null || candidate === null || stable === 0)
    return { ...common, difference: null, judged: "unknown" };
  const value = ((candidate - stable) / stable) * 100;
  return { ...common, difference: { value, unit: "%" }, judged: judgedBy(value, samePercent) };
}

function judgedBy(value: number, within: number): Judged {
  if (Math.abs(value) <= within) return "same";
  return value < 0 ? "better" : "worse";
}

function ranOf({ finished, failed }: SideSummary): number {
  return finished + failed;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}
