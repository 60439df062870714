import { decide, type EffectiveRule, isBreached, type OpenAlert } from "./rules.ts";

/** A figure that holds from its moment until the next one; null = could not be told. */
export type Figure = { at: number; value: number | null };

/** When a rule would have fired for one subject. `to` null = it still would. */
export type Episode = { from: number; to: number | null };

const roundMs = 10_000;

/** Lets the evaluator's own decisions run over what was, a round every 10 s. `end` is when the last figure ends. */
export function replay(rule: EffectiveRule, figures: readonly Figure[], end: number): Episode[] {
  const episodes: Episode[] = [];
  let open: OpenAlert | null = null;
  for (const [index, { at: from, value }] of figures.entries()) {
    const until = figures[index + 1]?.at ?? end;
    // Nothing is open and nothing will be: the rounds of this figure need not be gone through.
    if (open === null && (value === null || !isBreached(rule, value))) continue;
    for (let ms = from; ms < until; ms += roundMs) open = step(rule, open, { value, ms, episodes });
  }
  return episodes;
}

type Round = { value: number | null; ms: number; episodes: Episode[] };

function step(rule: EffectiveRule, open: OpenAlert | null, { value, ms, episodes }: Round): OpenAlert | null {
  const at = new Date(ms);
  const { severity } = rule;
  const pending: OpenAlert = { state: "pending", severity, pendingAt: at, fineSince: null, evaluatedAt: at };
  const decision = decide(rule, open, { value, at });
  const last = episodes.at(-1);
  switch (decision.kind) {
    case "open":
      if (decision.state === "firing") episodes.push({ from: ms, to: null });
      return { ...pending, state: decision.state };
    case "restart":
      return pending;
    case "fire":
      episodes.push({ from: ms, to: null });
      return open && { ...open, state: "firing", evaluatedAt: at };
    case "keep":
      return open && { ...open, fineSince: null, evaluatedAt: at };
    case "ease":
      return open && { ...open, fineSince: at, evaluatedAt: at };
    case "resolve":
      if (last) last.to = ms;
      return null;
    case "drop":
      return null;
    case "nothing":
      return open;
  }
}

/** Times when any of them was open, in order, apart from each other. */
export function bandsOf(episodes: readonly Episode[], end: number): { from: number; to: number }[] {
  const bands: { from: number; to: number }[] = [];
  for (const { from, to } of [...episodes].sort((a, b) => a.from - b.from)) {
    const last = bands.at(-1);
    const until = to ?? end;
    if (last && from <= last.to) last.to = Math.max(last.to, until);
    else bands.push({ from, to: until });
  }
  return bands;
}
