/**
 * The 64-bit names of the records that one partition brought last. A record is a repeat when a record with its name is
 * among those stored from the current or the previous generation of offsets, `generationSize` each: which ones these are
 * depends on offsets alone, so after a restart the same records are recognised.
 */
export class RecentNames {
  private current = new NameSet();
  private previous = new NameSet();
  private generation = -1;
  private readonly generationSize: number;

  constructor(generationSize: number) {
    this.generationSize = generationSize;
  }

  /** First offset whose name still counts when `nextOffset` is the next to come. */
  keptFrom(nextOffset: number): number {
    return Math.max(0, (this.generationOf(nextOffset) - 1) * this.generationSize);
  }

  /** First offset after the generation that an offset is in. */
  generationEnd(offset: number): number {
    return (this.generationOf(offset) + 1) * this.generationSize;
  }

  /** Offsets must not go back. False: it is a repeat. */
  add(offset: number, high: number, low: number): boolean {
    this.turn(this.generationOf(offset));
    if (this.previous.has(high, low)) return false;
    return this.current.add(high, low);
  }

  private generationOf(offset: number): number {
    return Math.floor(offset / this.generationSize);
  }

  private turn(generation: number): void {
    if (generation === this.generation) return;
    const isNext = generation === this.generation + 1;
    const freed = this.previous;
    this.previous = isNext ? this.current : new NameSet();
    this.current = freed;
    this.current.clear();
    this.generation = generation;
  }
}

const smallest = 256;

/** Open addressing over pairs of 32-bit halves; the pair (0, 0) marks a free place and is kept apart. */
class NameSet {
  private halves = new Int32Array(smallest * 2);
  private size = 0;
  private hasZero = false;

  has(high: number, low: number): boolean {
    if (high === 0 && low === 0) return this.hasZero;
    const place = this.placeOf(high, low);
    return this.halves[place] !== 0 || this.halves[place + 1] !== 0;
  }

  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const isNew = !this.hasZero;
      this.hasZero = true;
      return isNew;
    }
    const place = this.placeOf(high, low);
    if (this.halves[place] !== 0 || this.halves[place + 1] !== 0) return false;
    this.halves[place] = high;
    this.halves[place + 1] = low;
    if (++this.size * 4 > this.halves.length) this.grow();
    return true;
  }

  clear(): void {
    this.halves.fill(0);
    this.size = 0;
    this.hasZero = false;
  }

  private placeOf(high: number, low: number): number {
    const { halves } = this;
    const mask = halves.length / 2 - 1;
    let slot = (low ^ (high >>> 7)) & mask;
    for (;;) {
      const place = slot * 2;
      const isFree = halves[place] === 0 && halves[place + 1] === 0;
      if (isFree || (halves[place] === high && halves[place + 1] === low)) return place;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.halves;
    this.halves = new Int32Array(old.length * 2);
    for (let place = 0; place < old.length; place += 2) {
      const high = old[place] ?? 0;
      const low = old[place + 1] ?? 0;
      if (high === 0 && low === 0) continue;
      const free = this.placeOf(high, low);
      this.halves[free] = high;
      this.halves[free + 1] = low;
    }
  }
}
