import { type BucketObjects, objectsPerBucket } from "../content/bucket-objects.ts";
import { heldObject } from "../content/replicas.ts";
import type { LocalNetwork } from "../network/local-network.ts";
import type { LocalNode } from "../network/local-node.ts";
import type { Random } from "../network/random.ts";
import type { Disturbance } from "./disturbance.ts";

/** As in DDC's ActivityRequest and ActivityResponse (ddc-api src/protos/activity.proto); positions are its codes. */
export const operations = ["put", "get", "delete", "compute"] as const;
export const statuses = ["unknown", "ok", "not_found", "internal", "unavailable", "aborted"] as const;
export const contentTypes = ["piece", "segment", "merkle_tree", "metadata", "none"] as const;
export type Operation = (typeof operations)[number];
export type Status = (typeof statuses)[number];
export type ContentType = (typeof contentTypes)[number];

/** What happened, before it is written down in one encoding or the other. */
export type ActivityFacts = {
  operation: Operation;
  /** "unknown" = the record carries no response. */
  status: Status;
  latencyMs: number;
  contentType: ContentType;
  bucket: number;
  cid: Uint8Array;
  offset: number;
  size: number;
  /** What the client acknowledged; null = it did not. */
  acknowledgedBytes: number | null;
  units: { cpu: number; gpu: number; ram: number } | null;
  client: Uint8Array;
  peer: Uint8Array;
  /** Requests that this node made to others to answer. */
  downstream: number;
};

const rangeStep = 65_536;

/** What the clients of a cluster ask for: few buckets and objects get most of the requests. */
export type Demand = {
  network: LocalNetwork;
  buckets: readonly number[];
  objects: BucketObjects;
  /** The place of each node among those of its cluster, by name; replicas are laid along it. */
  places: ReadonlyMap<string, number>;
};

export function demandOf(network: LocalNetwork, clusterId: string, objects: BucketObjects): Demand {
  const numbers = Array.from({ length: network.plan.buckets }, (_, index) => index + 1);
  const ring = network.nodes.filter((node) => node.clusterId === clusterId);
  return {
    network,
    buckets: numbers.filter((number) => network.bucket(number).clusterId === clusterId),
    objects,
    places: new Map(ring.map(({ name }, place) => [name, place])),
  };
}

export function drawFacts(
  random: Random,
  demand: Demand,
  { node, disturbance }: { node: LocalNode; disturbance: Disturbance },
): ActivityFacts {
  const { network, buckets } = demand;
  const operation = drawOperation(random);
  const status = drawStatus(random, operation, node.character.failureRatio + disturbance.errorRatio);
  const bucket = buckets[random.zipf(buckets.length, 0.95)] ?? 1;
  const { cid, size: whole } = drawObject(random, demand, { bucket, node });
  const isRange = operation === "get" && whole > rangeStep && random.chance(0.3);
  const { offset, size } = isRange
    ? rangeOf(random, whole)
    : { offset: 0, size: operation === "compute" ? 0 : whole };
  const slowness = node.character.slowness * disturbance.slowdown;
  const latencyMs = drawLatency(random, { operation, status, size }) * slowness;
  return {
    operation,
    status,
    latencyMs: Math.min(60_000, Math.max(1, Math.round(latencyMs))),
    contentType: drawContentType(random, operation),
    bucket,
    cid,
    offset,
    size,
    acknowledgedBytes: acknowledged(random, { operation, status, size }),
    units:
      operation === "compute"
        ? { cpu: 1 + random.integer(400), gpu: random.integer(3), ram: 16 + random.integer(2_000) }
        : null,
    client: drawClient(random, network, bucket),
    peer: random.fill(new Uint8Array(32)),
    downstream: operation === "get" && random.chance(0.06) ? 1 + random.integer(2) : 0,
  };
}

function drawOperation(random: Random): Operation {
  const roll = random.next();
  if (roll < 0.71) return "get";
  if (roll < 0.93) return "put";
  return roll < 0.98 ? "compute" : "delete";
}

function drawStatus(random: Random, operation: Operation, failureRatio: number): Status {
  if (random.chance(failureRatio)) return random.chance(0.6) ? "unavailable" : "internal";
  if (operation === "get" && random.chance(0.004)) return "not_found";
  if (random.chance(0.0015)) return "aborted";
  return random.chance(0.001) ? "unknown" : "ok";
}

/** One that this node holds; a few of a bucket's objects get most of the requests. */
function drawObject(
  random: Random,
  { network, objects, places }: Demand,
  { bucket, node }: { bucket: number; node: LocalNode },
): { cid: Uint8Array; size: number } {
  const wish = { bucket, object: random.zipf(objectsPerBucket, 1.1), objects: objectsPerBucket };
  const ring = { length: places.size, copy: random.integer(4) };
  const place = places.get(node.name);
  if (place === undefined) throw new Error(`${node.name} is in no cluster of ${network.plan.name}.`);
  return objects.get(bucket, heldObject(wish, place, ring));
}

/** Some 64 KiB steps into it, and as much as is left at most. */
function rangeOf(random: Random, whole: number): { offset: number; size: number } {
  const offset = random.integer(Math.max(1, Math.floor(whole / rangeStep))) * rangeStep;
  return { offset, size: Math.min(whole - offset, rangeStep * (1 + random.integer(16))) };
}

const medianMs: Readonly<Record<Operation, number>> = { get: 11, put: 34, delete: 8, compute: 120 };
const networkBytesPerMs = 180_000;

type Request = { operation: Operation; status: Status; size: number };

function drawLatency(random: Random, { operation, status, size }: Request): number {
  if (status === "unavailable") return random.logNormal(1_900, 0.5);
  const ms = random.logNormal(medianMs[operation], 0.75);
  return status === "ok" ? ms + size / networkBytesPerMs : ms;
}

function drawContentType(random: Random, operation: Operation): ContentType {
  if (operation === "compute") return "none";
  const roll = random.next();
  if (roll < 0.86) return "piece";
  return roll < 0.96 ? "segment" : "metadata";
}

function acknowledged(random: Random, { operation, status, size }: Request): number | null {
  if (operation === "delete" || status === "not_found") return null;
  if (status === "internal" || status === "unavailable") return null;
  if (status === "aborted") return Math.floor(size * random.next());
  return operation === "compute" ? random.integer(64_000) : size;
}

/** The owner asks for most; the rest have been given a token. */
function drawClient(random: Random, network: LocalNetwork, bucket: number): Uint8Array {
  const others = network.customers;
  const guest = others[random.zipf(others.length, 0.8)];
  const { owner } = network.bucket(bucket);
  return random.chance(0.7) || !guest ? owner.publicKey : guest.publicKey;
}
