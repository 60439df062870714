import type { RangeText } from "./presets.ts";

/** A range as the address has it; `asOf` null = now. */
export type Moment = RangeText & { asOf: string | null };

/** A page that draws nothing for so long holds nobody up. */
const drawnWithinMs = 2_000;

/**
 * Ranges on their way into the history, one after another: each is left alone until the page has drawn it. Whenever Next
 * has drawn something it writes that over the newest entry of the history, so one that was added in between would be lost,
 * and Back would lead to something else.
 */
export class AskedRanges {
  readonly #go: (moment: Moment) => void;
  readonly #waiting: Moment[] = [];
  #underWay: { moment: Moment; late: ReturnType<typeof setTimeout> } | null = null;

  constructor(go: (moment: Moment) => void) {
    this.#go = go;
  }

  /** What was asked for last; null = the page has drawn it. */
  get latest(): Moment | null {
    return this.#waiting.at(-1) ?? this.#underWay?.moment ?? null;
  }

  ask(moment: Moment): void {
    if (this.#underWay === null) this.#send(moment);
    else this.#waiting.push(moment);
  }

  drawn(moment: Moment): void {
    if (this.#underWay && isSame(this.#underWay.moment, moment)) this.#next();
  }

  /** Back and Forward, and other pages, mean what they lead to. */
  forget(): void {
    clearTimeout(this.#underWay?.late);
    this.#underWay = null;
    this.#waiting.length = 0;
  }

  #send(moment: Moment): void {
    this.#underWay = { moment, late: setTimeout(() => this.#next(), drawnWithinMs) };
    this.#go(moment);
  }

  #next(): void {
    clearTimeout(this.#underWay?.late);
    this.#underWay = null;
    const next = this.#waiting.shift();
    if (next) this.#send(next);
  }
}

export function isSame(one: Moment, other: Moment): boolean {
  return one.from === other.from && one.to === other.to && one.asOf === other.asOf;
}
