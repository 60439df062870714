import type { DeploymentRecord } from "../deployments/schema.ts";
import { findDefault } from "../deployments/set-rules.ts";

export const canaryName = "canary";
/** Fits every event, and is not the default. */
const everything = "true";

export type Candidate = { version: string; weight: number };

/** The SET with the candidate at its share of the default's tier; at 100 it is the default. */
export function withCandidate(
  base: readonly DeploymentRecord[],
  { version, weight }: Candidate,
): DeploymentRecord[] {
  const rest = base.filter(({ name }) => name !== canaryName);
  const stable = findDefault(rest);
  if (!stable) throw new Error("A SET without a default was stored.");
  const others = rest.filter((record) => record !== stable);
  if (weight <= 0) return [...others, stable];
  if (weight >= 100) return [...others, { ...stable, version }];
  const canary = { ...stable, name: canaryName, targeting: everything, version, weight };
  return [...others, canary, { ...stable, weight: 100 - weight }];
}

/** Other records may be applied while a rollout runs: only the default and its canary are the rollout's. */
export function changeCandidate(
  current: readonly DeploymentRecord[],
  base: readonly DeploymentRecord[],
  candidate: Candidate,
): DeploymentRecord[] {
  const stable = findDefault(base);
  const others = current.filter(({ name, targeting }) => targeting !== "" && name !== canaryName);
  return withCandidate(stable ? [...others, stable] : others, candidate);
}
