import type { LocalNetwork } from "../network/local-network.ts";
import { type Disturbance, type Disturbances, undisturbed } from "../nodes/disturbance.ts";
import { disturbanceOf, type Fault } from "./fault.ts";

/** The present disturbance of every node. A node's stays the same object until it changes. */
export class DisturbanceBoard {
  readonly #networks: readonly LocalNetwork[];
  readonly #current = new Map<string, Disturbance>();

  constructor(networks: readonly LocalNetwork[]) {
    this.#networks = networks;
  }

  apply(faults: readonly Fault[]): void {
    for (const { plan, nodes } of this.#networks)
      for (const { name } of nodes) {
        const next = disturbanceOf(faults, plan.name, name);
        const key = `${plan.name}/${name}`;
        if (JSON.stringify(next) !== JSON.stringify(this.#current.get(key))) this.#current.set(key, next);
      }
  }

  of(network: LocalNetwork): Disturbances {
    return (nodeName) => this.#current.get(`${network.plan.name}/${nodeName}`) ?? undisturbed;
  }
}
