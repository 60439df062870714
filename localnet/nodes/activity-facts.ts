import { cidOf } from "../network/content.ts";
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

const maxPieceBytes = 128 * 2 ** 20;
const objectsPerBucket = 2_000;

/** What the clients of a cluster ask for: few buckets and objects get most of the requests. */
export type Demand = { network: LocalNetwork; buckets: readonly number[] };

export function demandOf(network: LocalNetwork, clusterId: string): Demand {
  const numbers = Array.from({ length: network.plan.buckets }, (_, index) => index + 1);
  return { network, buckets: numbers.filter((number) => network.bucket(number).clusterId === clusterId) };
}

export function drawFacts(
  random: Random,
  { network, buckets }: Demand,
  { node, disturbance }: { node: LocalNode; disturbance: Disturbance },
): ActivityFacts {
  const operation = drawOperation(random);
  const status = drawStatus(random, operation, node.character.failureRatio + disturbance.errorRatio);
  const bucket = buckets[random.zipf(buckets.length, 0.95)] ?? 1;
  const size = operation === "compute" ? 0 : drawSize(random, operation);
  const isRange = operation === "get" && size > 2 ** 20 && random.chance(0.3);
  const slowness = node.character.slowness * disturbance.slowdown;
  const latencyMs = drawLatency(random, { operation, status, size }) * slowness;
  return {
    operation,
    status,
    latencyMs: Math.min(60_000, Math.max(1, Math.round(latencyMs))),
    contentType: drawContentType(random, operation),
    bucket,
    cid: cidOf(network.plan.name, bucket, random.zipf(objectsPerBucket, 1.1)),
    offset: isRange ? random.integer(64) * 65_536 : 0,
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

function drawSize(random: Random, operation: Operation): number {
  const [median, sigma] = operation === "put" ? [600_000, 1.6] : [220_000, 1.8];
  return Math.min(maxPieceBytes, Math.max(16, Math.round(random.logNormal(median, sigma))));
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
