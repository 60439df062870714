import { judge, type Samples } from "./analysis-rules.ts";
import type { Gate, Plan, RolloutState } from "./schema.ts";

/** What the controller sees in one look, taken in the transaction that acts on it. */
export type Observation = {
  /** May the candidate get traffic: not archived, bytes that hash to its CID. */
  isCandidateUsable: boolean;
  gates: readonly Gate[];
  /** Since the step began; null where there is no step. */
  samples: Samples | null;
};

export type RolloutEvent =
  | { kind: "tick"; seen: Observation }
  | { kind: "approve"; by: string }
  | { kind: "pause"; reason: string }
  | { kind: "resume" }
  | { kind: "promote" }
  | { kind: "rollback"; reason: string };

/** What the world has to become; all of it is written with the state, in one transaction. */
export type Effect =
  | { kind: "route"; weight: number }
  | { kind: "finish" }
  /** Back to the SET as it was before, and nothing new by itself until somebody says so. */
  | { kind: "restore"; reason: string };

export type Decision = { state: RolloutState; effects: Effect[] };

export function startState(at: number): RolloutState {
  return {
    phase: "waiting",
    step: -1,
    weight: 0,
    elapsedMs: 0,
    isSkipped: false,
    startedAt: at,
    stepAt: null,
    tickedAt: at,
    judgedAt: null,
    verdict: null,
    gates: [],
    approvedBy: null,
    reason: null,
  };
}

export function isDecided({ phase }: Pick<RolloutState, "phase">): boolean {
  return phase === "succeeded" || phase === "rolled_back" || phase === "withdrawn";
}

/**
 * The next state of a rollout. Traffic grows by a tick only, because only a tick has looked; it shrinks by anything. An
 * event that means nothing in this state changes nothing. Past its deadline every event ends it.
 */
export function decide(plan: Plan, state: RolloutState, step: { event: RolloutEvent; at: number }): Decision {
  const { event, at } = step;
  if (isDecided(state)) return decideAfter(state, event);
  if (at >= state.startedAt + plan.deadlineSeconds * 1_000)
    return giveUp(state, `Undecided at its deadline${state.verdict ? `: ${state.verdict.why}` : "."}`);
  switch (event.kind) {
    case "approve":
      return keep({ ...state, approvedBy: state.approvedBy ?? event.by });
    case "pause":
      return state.phase === "running"
        ? keep({ ...state, phase: "paused", reason: event.reason })
        : keep(state);
    case "resume":
      return state.phase === "paused"
        ? keep({ ...state, phase: "running", reason: null, tickedAt: at })
        : keep(state);
    case "promote":
      return state.phase === "running" ? keep({ ...state, isSkipped: true }) : keep(state);
    case "rollback":
      return giveUp(state, event.reason);
    case "tick":
      return tick(plan, state, { seen: event.seen, at });
  }
}

/** Only going back is possible once it succeeded; nothing is once it was taken back. */
function decideAfter(state: RolloutState, event: RolloutEvent): Decision {
  return event.kind === "rollback" && state.phase === "succeeded" ? giveUp(state, event.reason) : keep(state);
}

function keep(state: RolloutState): Decision {
  return { state, effects: [] };
}

function giveUp(state: RolloutState, reason: string): Decision {
  if (state.weight === 0) return keep({ ...state, phase: "withdrawn", reason });
  return {
    state: { ...state, phase: "rolled_back", weight: 0, reason },
    effects: [{ kind: "restore", reason }],
  };
}

type Look = { seen: Observation; at: number };

function tick(plan: Plan, before: RolloutState, { seen, at }: Look): Decision {
  if (!seen.isCandidateUsable && (before.weight > 0 || before.approvedBy !== null))
    return giveUp(before, "The candidate is archived, or its bytes do not hash to its CID.");
  const state = judged(plan, withTime(before, { seen, at }), { seen, at });
  if (state.verdict?.result === "fail" && state.phase !== "waiting") return giveUp(state, state.verdict.why);
  if (state.phase === "paused" || !seen.isCandidateUsable || holds(seen)) return keep(state);
  if (state.phase === "waiting") return state.approvedBy === null ? keep(state) : advance(plan, state, at);
  return isStepOver(plan, state) ? advance(plan, state, at) : keep(state);
}

/** The clock of a step stands still while a gate holds or somebody paused it. */
function withTime(state: RolloutState, { seen, at }: Look): RolloutState {
  const isCounting = state.phase === "running" && !holds(seen);
  const passedMs = isCounting ? Math.max(0, at - state.tickedAt) : 0;
  return { ...state, gates: [...seen.gates], tickedAt: at, elapsedMs: state.elapsedMs + passedMs };
}

function judged(plan: Plan, state: RolloutState, { seen, at }: Look): RolloutState {
  const isAnalysed = plan.steps[state.step]?.analysed ?? false;
  const isDue = at - (state.judgedAt ?? state.stepAt ?? at) >= plan.analysis.intervalSeconds * 1_000;
  if (!isAnalysed || !isDue || seen.samples === null) return state;
  const verdict = judge(plan.analysis, seen.samples, state.verdict?.latencyOvers ?? 0);
  return { ...state, verdict, judgedAt: at };
}

function holds({ gates }: Observation): boolean {
  return gates.some((gate) => gate.holds);
}

/** A person may skip the waiting, never a missing verdict's failure: that has rolled it back before. */
function isStepOver(plan: Plan, { step, elapsedMs, isSkipped, verdict }: RolloutState): boolean {
  const current = plan.steps[step];
  if (!current || isSkipped) return true;
  if (elapsedMs < current.seconds * 1_000) return false;
  return !current.analysed || verdict?.result === "pass";
}

function advance(plan: Plan, state: RolloutState, at: number): Decision {
  const step = state.step + 1;
  const next = plan.steps[step];
  const fresh = { ...state, step, stepAt: at, elapsedMs: 0, isSkipped: false, judgedAt: null };
  if (!next) return { state: { ...fresh, phase: "succeeded", weight: 100 }, effects: [{ kind: "finish" }] };
  const { weight } = next;
  return {
    state: { ...fresh, phase: "running", weight, verdict: null },
    effects: [{ kind: "route", weight }],
  };
}
