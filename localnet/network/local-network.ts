import { type Account, accountOf } from "./account.ts";
import { type LocalNode, nodesOf } from "./local-node.ts";
import { blockMs, type NetworkName, type NetworkPlan, networkNames, networkPlans } from "./plan.ts";
import { randomFrom } from "./random.ts";

/** The bucket that has what is large; anybody may read it. */
export const showcaseBucket = 1;

export type Bucket = { number: number; owner: Account; clusterId: string; isPublic: boolean };

/** A simulated Cere network: the same nodes, accounts and buckets on every machine and in every part of the program. */
export type LocalNetwork = {
  plan: NetworkPlan;
  nodes: readonly LocalNode[];
  providers: ReadonlyMap<string, Account>;
  /** Who set a cluster up, by its id. */
  managers: ReadonlyMap<string, Account>;
  customers: readonly Account[];
  bucket(number: number): Bucket;
  heightAt(at: number): number;
  timeOf(height: number): number;
};

export function localNetwork(name: NetworkName): LocalNetwork {
  const plan = networkPlans[name];
  const names = [...new Set(plan.sites.map((site) => site.provider))];
  const customers = Array.from({ length: plan.customers }, (_, index) =>
    accountOf(`${name} customer ${index}`),
  );
  const managers = new Map(
    plan.clusters.map((cluster) => [cluster.id, accountOf(`${name} manager ${cluster.name}`)]),
  );
  const buckets = new Map<number, Bucket>();
  return {
    plan,
    nodes: nodesOf(plan),
    providers: new Map(names.map((provider) => [provider, accountOf(`${name} provider ${provider}`)])),
    managers,
    customers,
    bucket: (number) => {
      const known = buckets.get(number) ?? aBucket(plan, customers, number);
      buckets.set(number, known);
      return known;
    },
    heightAt: (at) => Math.floor((at - plan.genesisAt) / blockMs),
    timeOf: (height) => plan.genesisAt + height * blockMs,
  };
}

export function localNetworks(): LocalNetwork[] {
  return networkNames.map(localNetwork);
}

function aBucket(plan: NetworkPlan, customers: readonly Account[], number: number): Bucket {
  const random = randomFrom(`${plan.name} bucket ${number}`);
  const owner = customers[random.zipf(customers.length, 0.7)];
  const site = plan.sites[random.integer(plan.sites.length)];
  const cluster = plan.clusters[site?.cluster ?? 0];
  if (!owner || !cluster) throw new Error(`${plan.name} has no customers or no clusters.`);
  return { number, owner, clusterId: cluster.id, isPublic: random.chance(0.35) || number === showcaseBucket };
}
