import { type Account, accountOf } from "./account.ts";
import type { NetworkName, NetworkPlan, SitePlan } from "./plan.ts";
import { randomFrom } from "./random.ts";

const gib = 2 ** 30;
const tib = 2 ** 40;

export type NodeMode = "Storage" | "Full" | "Cache";

/** How a machine behaves when nothing is wrong with it. */
export type Character = {
  /** Multiplies latencies; 1 is usual. */
  slowness: number;
  /** Part of requests that end in INTERNAL or UNAVAILABLE. */
  failureRatio: number;
  /** Part of its network's traffic, before normalising. */
  weight: number;
  diskReadMs: number;
  /** Part of its disk that was in use when the local network was first started, and bytes a day since. */
  filled: number;
  growthPerDay: number;
};

export type LocalNode = {
  network: NetworkName;
  /** 1 to n within its network; commands take it. */
  number: number;
  name: string;
  account: Account;
  site: SitePlan;
  clusterId: string;
  clusterName: string;
  /** What the indexer has: for a few nodes it lost the cluster (localnet/chain/README.md). */
  isClusterIndexed: boolean;
  mode: NodeMode;
  version: string;
  cores: number;
  memoryBytes: number;
  diskBytes: number;
  linkBps: number;
  preferredPort: number;
  character: Character;
};

export function nodesOf(plan: NetworkPlan): LocalNode[] {
  return plan.sites
    .flatMap((site) => Array.from({ length: site.nodes }, (_, index) => ({ site, index })))
    .map(({ site, index }, position) => aNode(plan, site, { index, number: position + 1 }));
}

function aNode(plan: NetworkPlan, site: SitePlan, place: { index: number; number: number }): LocalNode {
  const name = `${site.code}-${plan.letter}${String(place.index + 1).padStart(2, "0")}`;
  const cluster = plan.clusters[site.cluster];
  if (!cluster) throw new Error(`Site ${site.code} of ${plan.name} names no cluster.`);
  const random = randomFrom(`${plan.name} ${name}`);
  const diskBytes = random.pick([32, 48, 64, 64, 72, 96]) * tib;
  const ordinary = {
    network: plan.name,
    number: place.number,
    name,
    account: accountOf(`${plan.name} node ${name}`),
    site,
    clusterId: cluster.id,
    clusterName: cluster.name,
    isClusterIndexed: !unindexed.has(`${plan.name} ${name}`),
    mode: modeOf(place.number),
    version: random.chance(0.12) ? "1.15.0" : "1.14.2",
    cores: random.pick([16, 16, 24, 32]),
    memoryBytes: random.pick([64, 128, 128, 256]) * gib,
    diskBytes,
    linkBps: 10_000_000_000,
    preferredPort: plan.firstPort + place.number - 1,
    character: {
      slowness: random.between(0.8, 1.3),
      failureRatio: random.between(0.0003, 0.0014),
      weight: random.between(0.6, 1.4),
      diskReadMs: random.between(0.6, 4.5),
      filled: random.between(0.48, 0.76),
      growthPerDay: diskBytes * random.between(0.0008, 0.004),
    },
  } satisfies LocalNode;
  const peculiar = peculiarities[`${plan.name} ${name}`];
  if (!peculiar) return ordinary;
  const { character, ...machine } = peculiar;
  return { ...ordinary, ...machine, character: { ...ordinary.character, ...character } };
}

function modeOf(number: number): NodeMode {
  if (number % 9 === 1) return "Full";
  return number % 13 === 5 ? "Cache" : "Storage";
}

type Peculiarity = Partial<Omit<LocalNode, "character">> & { character?: Partial<Character> };

/** A network in which every machine is well would teach nobody anything. */
const peculiarities: Readonly<Record<string, Peculiarity>> = {
  "mainnet fsn1-s07": {
    version: "1.15.0",
    diskBytes: 64 * tib,
    character: {
      slowness: 3.2,
      failureRatio: 0.036,
      diskReadMs: 61,
      filled: 0.861,
      growthPerDay: 0.47 * tib,
    },
  },
  "mainnet sin1-s02": { character: { slowness: 4.5, failureRatio: 0.011 } },
  "mainnet sao1-s01": { cores: 6, character: { slowness: 1.9 } },
  "mainnet hil1-s04": { linkBps: 1_000_000_000 },
  "mainnet hel1-s05": { character: { weight: 0.15 } },
  "mainnet lon1-s02": { character: { filled: 0.83 } },
  "mainnet ash1-s06": { version: "1.13.7" },
  "testnet ash1-t03": { character: { slowness: 3, failureRatio: 0.02 } },
};

const unindexed = new Set(["mainnet sao1-s05", "mainnet fra2-s04", "testnet sin1-t06"]);
