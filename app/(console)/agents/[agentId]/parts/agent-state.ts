import type { Agent } from "../../../../../server/features/agents/schema.ts";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import type { Shape, Tone } from "../../../../_ui/glyph.tsx";

export type AgentLook = { word: string; tone: Tone; shape?: Shape; why?: string };

/** In one word how an agent stands; what needs somebody comes first. */
export function agentState(
  agent: Pick<Agent, "isArchived" | "latest">,
  places: readonly PlaceSummary[],
): AgentLook {
  if (agent.isArchived) return { word: "archived", tone: "idle" };
  const locked = places.find(({ lock }) => lock !== null);
  if (locked?.lock)
    return { word: `rolled back in ${locked.environment}, locked`, tone: "crit", why: locked.lock.reason };
  const moving = places.findLast(({ rollout }) => rollout !== null);
  if (moving?.rollout) return rolloutLook(moving.environment, moving.rollout);
  const furthest = places.findLast(({ shares }) => shares.length > 0);
  if (!furthest) return { word: "not deployed", tone: "idle" };
  const isEnding = furthest.shares.some(({ state }) => state === "deprecated");
  if (isEnding) return { word: `in ${furthest.environment}, deprecated`, tone: "warn", shape: "half" };
  return { word: `in ${furthest.environment}`, tone: "ok" };
}

function rolloutLook(
  environment: string,
  { phase, isApproved, weight }: NonNullable<PlaceSummary["rollout"]>,
): AgentLook {
  if (phase === "waiting" && isApproved)
    return { word: `rollout to ${environment} begins`, tone: "info", shape: "turning" };
  if (phase === "waiting")
    return { word: `rollout to ${environment} waits for approval`, tone: "warn", shape: "pause" };
  if (phase === "paused")
    return { word: `rollout to ${environment} paused at ${weight} %`, tone: "warn", shape: "pause" };
  return { word: `rollout to ${environment} at ${weight} %`, tone: "info", shape: "turning" };
}
