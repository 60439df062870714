import type { LocalNetwork } from "../network/local-network.ts";
import type { NetworkName } from "../network/plan.ts";
import { hash, type Random, randomOf } from "../network/random.ts";

/** Base units of one CERE. */
const cere = 10_000_000_000n;

export type Payment = { account: string; amount: bigint };

/** What one block changed in DDC. The same for the same network and height, whenever it is asked for. */
export type BlockEvents = {
  height: number;
  deposits: Payment[];
  charges: Payment[];
  /** Position (0 to 1) among the buckets that exist then, of each bucket whose usage was reported. */
  usage: number[];
  createsBucket: boolean;
};

type Chances = { deposit: number; charge: number; usage: number; bucket: number };

const chances: Readonly<Record<NetworkName, Chances>> = {
  mainnet: { deposit: 0.02, charge: 0.05, usage: 0.12, bucket: 0.002 },
  testnet: { deposit: 0.006, charge: 0.02, usage: 0.04, bucket: 0.0004 },
  devnet: { deposit: 0.003, charge: 0.01, usage: 0.03, bucket: 0.0001 },
};

/** Null for the many blocks in which nothing happened. */
export function blockEvents(network: LocalNetwork, height: number): BlockEvents | null {
  const chance = chances[network.plan.name];
  const random = randomOf(hash(network.plan.name) + height);
  const has = {
    deposit: random.chance(chance.deposit),
    charge: random.chance(chance.charge),
    usage: random.chance(chance.usage),
    bucket: random.chance(chance.bucket),
  };
  if (!has.deposit && !has.charge && !has.usage && !has.bucket) return null;
  return {
    height,
    deposits: has.deposit ? [payment(network, random, depositAmount(random))] : [],
    charges: has.charge ? [payment(network, random, chargeAmount(random))] : [],
    usage: has.usage ? [random.next() ** 1.6] : [],
    createsBucket: has.bucket,
  };
}

export type Usage = { transferredBytes: bigint; storedBytes: bigint; puts: bigint; gets: bigint };

/** Totals since the bucket was made, as BucketTotalCustomersUsageUpdated carries them: they only grow. */
export function usageTotals(network: LocalNetwork, bucket: number, ageBlocks: number): Usage {
  const random = randomOf(hash(`${network.plan.name} usage`) + bucket);
  const blocks = BigInt(Math.max(0, ageBlocks));
  const storedPerBlock = BigInt(Math.round(random.logNormal(180_000, 1.6)));
  const pieceBytes = BigInt(Math.round(random.logNormal(900_000, 0.8)));
  const reads = BigInt(Math.round(random.between(2, 40)));
  const storedBytes = storedPerBlock * blocks;
  const transferredBytes = storedBytes * reads;
  return {
    storedBytes,
    transferredBytes,
    puts: storedBytes / pieceBytes,
    gets: transferredBytes / pieceBytes,
  };
}

function payment(network: LocalNetwork, random: Random, amount: bigint): Payment {
  const account = network.customers[random.zipf(network.customers.length, 0.7)];
  if (!account) throw new Error(`${network.plan.name} has no customers.`);
  return { account: account.ss58, amount };
}

/** People deposit round sums. */
function depositAmount(random: Random): bigint {
  return BigInt(random.pick([50, 100, 100, 200, 250, 500, 500, 1_000, 2_500])) * cere;
}

function chargeAmount(random: Random): bigint {
  return (
    BigInt(Math.round(random.logNormal(70, 1) * 1e6)) * (cere / 1_000_000n) + BigInt(random.integer(10_000))
  );
}

/** Looks like a block hash; there is no chain behind it. */
export function blockHash(network: LocalNetwork, height: number): string {
  const random = randomOf(hash(`${network.plan.name} block`) + height);
  return `0x${Buffer.from(random.fill(new Uint8Array(32))).toString("hex")}`;
}
