import type { ReplayedEvent, ReplayPath } from "./replay-contract-schema.ts";

/** In the order of their weight: what a person looks at first. */
export const replayVerdicts = ["new_error", "different", "slower", "fixed_error", "same"] as const;
export type ReplayVerdict = (typeof replayVerdicts)[number];

/** One run each is a thin measure: only what is much slower, and by more than noise, is named. */
export const slowerFrom = { times: 2, ms: 5 };
const mostPaths = 20;
const deepest = 12;
const longestPath = 200;

type Compared = Pick<ReplayedEvent, "stable" | "candidate">;

/**
 * What the candidate did to one event, judged against the stable version. Errors come before outputs, outputs before
 * time; two that fail with other words are different, and stacks are not compared, because lines move with every build.
 */
export function verdictOf({ stable, candidate }: Compared): ReplayVerdict {
  if (candidate.outcome === "failed" && stable.outcome !== "failed") return "new_error";
  if (stable.outcome === "failed" && candidate.outcome !== "failed") return "fixed_error";
  if (candidate.outcome !== stable.outcome) return "different";
  if (candidate.outcome === "failed") return candidate.error === stable.error ? "same" : "different";
  if (candidate.cid !== stable.cid) return "different";
  return isSlower(stable.tookMs, candidate.tookMs) ? "slower" : "same";
}

function isSlower(stableMs: number | null, candidateMs: number | null): boolean {
  if (stableMs === null || candidateMs === null) return false;
  return candidateMs >= stableMs * slowerFrom.times && candidateMs - stableMs >= slowerFrom.ms;
}

/** Of a JSON text: the same text for the same value, whatever the order of its keys. A text that is no JSON is a string. */
export function canonicalText(text: string): string {
  return JSON.stringify(sorted(parsed(text)));
}

/** Where two outputs differ, as JSON texts; null = nothing was given. Items of a list count as one place, `[]`. */
export function changedPaths(before: string | null, after: string | null): ReplayPath[] {
  if (before === after) return [];
  if (before === null) return [{ path: "", kind: "added" }];
  if (after === null) return [{ path: "", kind: "missing" }];
  const found = new Map<string, ReplayPath>();
  compare({ before: parsed(before), after: parsed(after), path: "", depth: 0 }, found);
  return [...found.values()].slice(0, mostPaths);
}

type Step = { before: unknown; after: unknown; path: string; depth: number };

function compare(step: Step, found: Map<string, ReplayPath>): void {
  const { before, after, path, depth } = step;
  if (found.size > mostPaths || JSON.stringify(sorted(before)) === JSON.stringify(sorted(after))) return;
  const goesOn = depth < deepest;
  if (goesOn && Array.isArray(before) && Array.isArray(after))
    compareLists({ ...step, before, after }, found);
  else if (goesOn && isObject(before) && isObject(after)) compareFields({ ...step, before, after }, found);
  else add(found, path, "changed");
}

type Both<Value> = Step & { before: Value; after: Value };

function compareLists({ before, after, path, depth }: Both<unknown[]>, found: Map<string, ReplayPath>): void {
  const item = `${path}[]`;
  for (let at = 0; at < Math.min(before.length, after.length); at++)
    compare({ before: before[at], after: after[at], path: item, depth: depth + 1 }, found);
  if (after.length > before.length) add(found, item, "added");
  if (after.length < before.length) add(found, item, "missing");
}

type Fields = Record<string, unknown>;

function compareFields({ before, after, path, depth }: Both<Fields>, found: Map<string, ReplayPath>): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const below = path === "" ? key : `${path}.${key}`;
    if (!Object.hasOwn(before, key)) add(found, below, "added");
    else if (!Object.hasOwn(after, key)) add(found, below, "missing");
    else compare({ before: before[key], after: after[key], path: below, depth: depth + 1 }, found);
  }
}

function add(found: Map<string, ReplayPath>, path: string, kind: ReplayPath["kind"]): void {
  const short = path.slice(0, longestPath);
  found.set(`${kind} ${short}`, { path: short, kind });
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
