import { BucketObjects } from "../content/bucket-objects.ts";
import type { PartitionBatch } from "../kafka/batch-producer.ts";
import { partitionOf } from "../kafka/murmur2.ts";
import { type RecordBatch, recordBatch } from "../kafka/record-batch.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import { type Random, randomFrom } from "../network/random.ts";
import { type Demand, demandOf, drawFacts, type Operation, type Status } from "./activity-facts.ts";
import { type ActivityTemplate, activityTemplate, keyOf, stampRecord } from "./activity-template.ts";
import { type Disturbance, type Disturbances, undisturbed } from "./disturbance.ts";
import { rhythm } from "./rhythm.ts";

export type ActivitySourceOptions = {
  network: LocalNetwork;
  topic: string;
  partitions: number;
  /** The same seed and calls give the same records. */
  seed?: string;
  disturbances?: Disturbances;
  /** What buckets hold, when others share it. */
  objects?: BucketObjects;
  /** Records of one `add` that are drawn anew; the others repeat a recent one of the node with new ids and times. */
  freshPerAdd?: number;
};

/** How many records of one kind a node wrote, exactly. */
export type ActivityTotal = {
  node: string;
  operation: Operation;
  status: Status;
  records: number;
  /** Sum of what clients acknowledged. */
  acknowledgedBytes: number;
};

const templatesPerNode = 48;
/** Below what a broker accepts by default (1 MiB). */
const maxBatchBytes = 900_000;
const weightsAgeMs = 30_000;

type Member = {
  node: LocalNode;
  demand: Demand;
  partition: number;
  templates: ActivityTemplate[];
  next: number;
  drawnFor: Disturbance;
};

/** Activity of all nodes of a network, as finished record batches. */
export class ActivitySource {
  readonly #topic: string;
  readonly #freshPerAdd: number;
  readonly #disturbances: Disturbances;
  readonly #random: Random;
  readonly #nextWord: () => number;
  readonly #members: Member[];
  readonly #batches: RecordBatch[];
  readonly #totals = new Map<string, ActivityTotal>();
  #full: PartitionBatch[] = [];
  #shares = { upTo: new Float64Array(0), madeFor: Number.NEGATIVE_INFINITY };

  constructor({ network, topic, partitions, ...options }: ActivitySourceOptions) {
    this.#topic = topic;
    this.#freshPerAdd = options.freshPerAdd ?? 200;
    this.#disturbances = options.disturbances ?? (() => undisturbed);
    this.#random = randomFrom(options.seed ?? "activity");
    this.#nextWord = wordsFrom(this.#random);
    this.#batches = Array.from({ length: partitions }, () => recordBatch());
    const objects = options.objects ?? new BucketObjects(network.plan.name);
    const demands = new Map(
      network.plan.clusters.map((cluster) => [cluster.id, demandOf(network, cluster.id, objects)]),
    );
    this.#members = network.nodes.map((node) => ({
      node,
      demand: demands.get(node.clusterId) ?? demandOf(network, node.clusterId, objects),
      partition: partitionOf(keyOf(node) ?? Buffer.from(node.name), partitions),
      templates: [],
      next: 0,
      drawnFor: undisturbed,
    }));
  }

  /**
   * `count` records, their times spread evenly over [from, to) in milliseconds. What falls to a node that is down is
   * not written.
   */
  add(count: number, from: number, to: number): void {
    this.#weigh(from);
    for (let index = 0; index < count; index++) {
      const member = this.#members[drawShare(this.#shares.upTo, this.#random.next())];
      if (member) this.#write(member, from + ((to - from) * index) / count, index < this.#freshPerAdd);
    }
  }

  /** What was added and not taken yet, at most one batch a partition: call again until it returns none. */
  take(): PartitionBatch[] {
    for (const partition of this.#batches.keys()) this.#finish(partition);
    const firsts = new Map<number, PartitionBatch>();
    this.#full = this.#full.filter((batch) => {
      if (firsts.has(batch.partition)) return true;
      firsts.set(batch.partition, batch);
      return false;
    });
    return [...firsts.values()];
  }

  totals(): ActivityTotal[] {
    return [...this.#totals.values()];
  }

  #write(member: Member, time: number, mayDraw: boolean): void {
    const disturbance = this.#disturbances(member.node.name);
    if (disturbance.isDown) return;
    const template = this.#templateOf(member, disturbance, mayDraw);
    const batch = this.#batches[member.partition];
    if (!batch) return;
    const at = Math.floor(time);
    const start = batch.append(template.tail, at);
    const place = { target: batch.bytes(), start, at, skewMs: disturbance.skewMs };
    stampRecord(template, place, this.#nextWord);
    this.#tally(member.node, template);
    if (batch.size() > maxBatchBytes) this.#finish(member.partition);
  }

  #templateOf(member: Member, disturbance: Disturbance, mayDraw: boolean): ActivityTemplate {
    if (disturbance !== member.drawnFor) {
      member.templates = [];
      member.drawnFor = disturbance;
    }
    const slot = member.next++ % templatesPerNode;
    const known = member.templates[slot];
    if (known && !mayDraw) return known;
    const facts = drawFacts(this.#random, member.demand, { node: member.node, disturbance });
    const fresh = activityTemplate(member.node, facts, this.#random);
    member.templates[slot] = fresh;
    return fresh;
  }

  #tally(node: LocalNode, { facts }: ActivityTemplate): void {
    const key = `${node.number}${facts.operation}${facts.status}`;
    const total = this.#totals.get(key) ?? {
      node: node.account.hex,
      operation: facts.operation,
      status: facts.status,
      records: 0,
      acknowledgedBytes: 0,
    };
    total.records++;
    total.acknowledgedBytes += facts.acknowledgedBytes ?? 0;
    this.#totals.set(key, total);
  }

  #finish(partition: number): void {
    const batch = this.#batches[partition];
    if (batch && batch.count() > 0) this.#full.push({ topic: this.#topic, partition, ...batch.take() });
  }

  /** Each place follows its own day. */
  #weigh(at: number): void {
    if (Math.abs(at - this.#shares.madeFor) < weightsAgeMs) return;
    let sum = 0;
    const upTo = Float64Array.from(this.#members, ({ node }) => {
      sum += node.character.weight * rhythm(at, node.site.utcOffset);
      return sum;
    });
    this.#shares = { upTo: upTo.map((edge) => edge / sum), madeFor: at };
  }
}

/** First position whose edge is above `uniform`. */
function drawShare(upTo: Float64Array, uniform: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 1) > uniform) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** xorshift32 (Marsaglia, 2003): ids need to differ, not to be drawn well. */
function wordsFrom(random: Random): () => number {
  let state = 1 + random.integer(0x7ffffffe);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
