import { Hash64 } from "../../kernel/hash64.ts";
import type { DeploymentRecord } from "./schema.ts";
import {
  compileTargeting,
  isTargetingFault,
  type Targeting,
  type TargetingFacts,
} from "./targeting-rules.ts";

export type Route = { record: DeploymentRecord; fits: Targeting };

const encoder = new TextEncoder();
const hash = new Hash64();

/** A SET made ready to choose. A record whose targeting does not compile fits nothing; none such passes validation. */
export function buildRoutes(records: readonly DeploymentRecord[]): Route[] {
  return records
    .filter(({ enabled }) => enabled)
    .map((record) => {
      const compiled = compileTargeting(record.targeting);
      return { record, fits: isTargetingFault(compiled) ? () => false : compiled };
    })
    .sort((a, b) => a.record.priority - b.record.priority);
}

export type Choosing = { agentId: string; facts: TargetingFacts; at: number };

/**
 * The record that an event gets: of those that fit, the tier with the lowest priority; within it by weight. The same
 * vault gets the same answer in every process and after every restart, and a weight that grows only takes vaults over:
 * weighted rendezvous hashing (Schindelhauer, Schomaker 2005) over agent, record name and vault, without the generation.
 */
export function chooseRecord(
  routes: readonly Route[],
  { agentId, facts, at }: Choosing,
): DeploymentRecord | null {
  let tier: number | null = null;
  let best: DeploymentRecord | null = null;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const { record, fits } of routes) {
    if (tier !== null && record.priority !== tier) break;
    if (isExpired(record, at) || !fits(facts)) continue;
    tier = record.priority;
    const score = -Math.log(fraction(`${agentId}\n${record.name}\n${facts.vault.id}`)) / record.weight;
    if (score >= bestScore) continue;
    best = record;
    bestScore = score;
  }
  return best;
}

export function isExpired({ expiresAt }: Pick<DeploymentRecord, "expiresAt">, at: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= at;
}

/** Uniform in (0, 1), from 52 bits of the hash. */
function fraction(text: string): number {
  const bytes = encoder.encode(text);
  const { high, low } = hash.of(bytes, 0, bytes.length);
  return ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 52;
}
