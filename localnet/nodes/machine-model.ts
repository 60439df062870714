import type { LocalNode } from "../network/local-node.ts";
import { type Random, randomFrom } from "../network/random.ts";
import { type Disturbance, filledBy } from "./disturbance.ts";
import { rhythm } from "./rhythm.ts";

const dayMs = 86_400_000;
const pieceBytes = 790_000;

/** What a machine's agent would read at one moment. Counters grow since `startAt`. */
export type MachineReading = {
  at: number;
  startAt: number;
  cpu: number;
  load1m: number;
  memory: number;
  diskUsedBytes: number;
  storedBytes: number;
  pieces: number;
  counters: MachineCounters;
};

export type MachineCounters = {
  diskReads: number;
  diskWrites: number;
  diskReadSeconds: number;
  diskWriteSeconds: number;
  diskReadBytes: number;
  diskWriteBytes: number;
  netInBytes: number;
  netOutBytes: number;
};

export type Moment = { at: number; disturbance: Disturbance; recordsPerSecond: number };

/** One simulated machine. Read it in the order of time. */
export class MachineModel {
  readonly node: LocalNode;
  readonly #bornAt: number;
  readonly #random: Random;
  readonly #counters: MachineCounters = {
    diskReads: 0,
    diskWrites: 0,
    diskReadSeconds: 0,
    diskWriteSeconds: 0,
    diskReadBytes: 0,
    diskWriteBytes: 0,
    netInBytes: 0,
    netOutBytes: 0,
  };
  #startAt: number | null = null;
  #lastAt = 0;
  #wobble = 0;

  /** `bornAt`: when its disk was as full as its character says. */
  constructor(node: LocalNode, bornAt: number) {
    this.node = node;
    this.#bornAt = bornAt;
    this.#random = randomFrom(`${node.network} machine ${node.name}`);
  }

  read({ at, disturbance, recordsPerSecond }: Moment): MachineReading {
    this.#startAt ??= at;
    const seconds = this.#lastAt === 0 ? 0 : Math.max(0, (at - this.#lastAt) / 1000);
    this.#lastAt = at;
    this.#wobble = 0.85 * this.#wobble + 0.15 * this.#random.normal();
    const load = this.#load(at, recordsPerSecond);
    this.#count(seconds, load, disturbance);
    const { cores, character } = this.node;
    const strain = disturbance.slowdown > 1 ? 0.35 : 0;
    const cpu = clamp(
      0.1 + 0.2 * load * Math.sqrt(character.slowness) + 0.04 * this.#wobble + strain,
      0.02,
      0.99,
    );
    const diskUsedBytes = this.#diskUsed(at, disturbance);
    const storedBytes = Math.round(diskUsedBytes * 0.985);
    return {
      at: at + disturbance.skewMs,
      startAt: this.#startAt + disturbance.skewMs,
      cpu,
      load1m: cpu * cores * (1.02 + 0.05 * this.#wobble),
      memory: clamp(0.46 + (this.node.number % 7) * 0.035 + 0.06 * load + 0.01 * this.#wobble, 0.1, 0.97),
      diskUsedBytes,
      storedBytes,
      pieces: Math.floor(storedBytes / pieceBytes),
      counters: { ...this.#counters },
    };
  }

  /** 1 on an average day at the usual rate. */
  #load(at: number, recordsPerSecond: number): number {
    const demand = 1 + 0.22 * Math.log10(Math.max(1, recordsPerSecond) / 200);
    return this.node.character.weight * rhythm(at, this.node.site.utcOffset) * Math.max(0.2, demand);
  }

  #count(seconds: number, load: number, disturbance: Disturbance): void {
    const counters = this.#counters;
    const { character, linkBps } = this.node;
    const reads = 380 * load * seconds;
    const writes = 140 * load * seconds;
    const readMs =
      character.diskReadMs * (0.8 + 0.2 * load) * disturbance.slowdown * (1 + 0.1 * this.#wobble);
    const outBps = Math.min(linkBps * 0.96, 1.7e9 * load * (1 + 0.08 * this.#wobble));
    const inBps = Math.min(linkBps * 0.5, outBps * 0.13);
    counters.diskReads += Math.round(reads);
    counters.diskWrites += Math.round(writes);
    counters.diskReadSeconds += (reads * Math.max(0.05, readMs)) / 1000;
    counters.diskWriteSeconds += (writes * Math.max(0.05, readMs * 0.6)) / 1000;
    counters.diskReadBytes += Math.round(reads * 262_144);
    counters.diskWriteBytes += Math.round(writes * 196_608);
    counters.netInBytes += Math.max(0, Math.round((inBps / 8) * seconds));
    counters.netOutBytes += Math.max(0, Math.round((outBps / 8) * seconds));
  }

  /** Grows by the day, a little faster in daytime; never beyond the disk. */
  #diskUsed(at: number, disturbance: Disturbance): number {
    const { diskBytes, character } = this.node;
    const days = (at - this.#bornAt) / dayMs;
    const tide = 0.15 * character.growthPerDay * Math.sin(days * 2 * Math.PI);
    const used =
      diskBytes * (character.filled + filledBy(disturbance.filling, at)) +
      character.growthPerDay * days +
      tide;
    return Math.round(clamp(used, diskBytes * 0.02, diskBytes * 0.9995));
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
