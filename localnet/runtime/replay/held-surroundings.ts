import type { Sandbox } from "../sandbox.ts";

/**
 * Put beside a bundle: while it is held, the clock stands and chance repeats, so that two versions differ only by what
 * they do themselves. A fetch is counted and refused.
 */
const surroundings = `(() => {
  const random = Math.random.bind(Math);
  let now = null;
  let state = 0;
  let fetches = 0;
  globalThis.Date = new Proxy(Date, {
    construct: (date, given, made) => Reflect.construct(date, given.length === 0 && now !== null ? [now] : given, made),
    apply: (date) => (now === null ? date() : new date(now).toString()),
    get: (date, name) => (name === "now" && now !== null ? () => now : Reflect.get(date, name)),
  });
  Math.random = () => {
    if (now === null) return random();
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const refuse = () => {
    fetches++;
    return Promise.reject(new Error("Not performed: a replay makes no requests."));
  };
  Object.defineProperty(globalThis, "__replay", {
    value: Object.freeze({
      giveFetch: () => { globalThis.fetch = refuse; },
      hold: (at, seed) => { now = at; state = seed; fetches = 0; },
      release: () => { now = null; return fetches; },
    }),
  });
})()`;
const timeoutMs = 1_000;

/** `mayFetch`: it has hosts that it may fetch from, so it is given a fetch. */
export function surround(sandbox: Sandbox, { mayFetch }: { mayFetch: boolean }): void {
  for (const text of [surroundings, ...(mayFetch ? ["__replay.giveFetch()"] : [])]) {
    const done = sandbox.disturb(text, { timeoutMs });
    if (done.kind === "failed") throw new Error(`A replay cannot be prepared: ${done.error}`);
  }
}

/** Runs something with the clock at `at` (ms) and chance from `seed`, and counts its fetches. */
export function held<Result>(
  sandbox: Sandbox,
  { at, seed }: { at: number; seed: number },
  work: () => Result,
): { result: Result; fetches: number } {
  sandbox.disturb(`__replay.hold(${at}, ${seed})`, { timeoutMs });
  const result = work();
  const released = sandbox.disturb("__replay.release()", { timeoutMs });
  return { result, fetches: released.kind === "finished" ? Number(released.output) : 0 };
}
