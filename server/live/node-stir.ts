/**
 * Remembers of which nodes of a network something was heard. A node stays for some ticks after the last word, so that
 * its rates are seen to fall when it goes silent, instead of standing still at the last figure.
 */
export class NodeStir {
  readonly #lastTick = new Map<number, number>();
  readonly #lingerTicks: number;
  #allTick: number | null = null;
  #tick = 0;

  constructor(lingerTicks: number) {
    this.#lingerTicks = lingerTicks;
  }

  add(ids: readonly string[] | "all"): void {
    if (ids === "all") this.#allTick = this.#tick;
    else for (const id of ids) this.#lastTick.set(Number(id), this.#tick);
  }

  /** Ends a tick: whose points are worth reading now. Null = nobody's. */
  next(): readonly number[] | "all" | null {
    this.#tick += 1;
    const oldest = this.#tick - this.#lingerTicks;
    for (const [id, tick] of this.#lastTick) if (tick < oldest) this.#lastTick.delete(id);
    if (this.#allTick !== null && this.#allTick >= oldest) return "all";
    return this.#lastTick.size === 0 ? null : [...this.#lastTick.keys()];
  }
}
