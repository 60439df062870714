import { issueToken, operation } from "../content/access-token.ts";
import { localNetwork } from "../network/local-network.ts";
import { type LocalNode, nodesOf } from "../network/local-node.ts";
import { networkPlans } from "../network/plan.ts";
import type { SimulationStats } from "../nodes/simulation-messages.ts";
import { type Command, type Part, parseCommand } from "./command.ts";
import { describeFault, type Fault, isSameFault, placeOf } from "./fault.ts";

const tokenMs = 24 * 3_600_000;

/** What commands act on. */
export type OperatedNetwork = {
  /** Null while the simulation is starting. */
  stats(): SimulationStats | null;
  portOf(node: LocalNode): number | null;
  change(recordsPerSecond: number, faults: readonly Fault[]): void;
  /** Null where the broker is the user's own. */
  broker: { suspend(): Promise<void>; resume(): Promise<void> } | null;
  /** Ends a part as a crash does; null where it is not ours. */
  kill: Readonly<Record<Part, (() => Promise<void>) | null>>;
  /** What a console needs to see this network. */
  environment(): Readonly<Record<string, string>>;
  /** One line a part: what runs where. */
  parts(): string[];
};

/** Carries out commands and remembers what is wrong on purpose. */
export class Operator {
  readonly #network: OperatedNetwork;
  #faults: readonly Fault[] = [];
  #recordsPerSecond: number;

  constructor(network: OperatedNetwork, recordsPerSecond: number) {
    this.#network = network;
    this.#recordsPerSecond = recordsPerSecond;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get recordsPerSecond(): number {
    return this.#recordsPerSecond;
  }

  async run(words: readonly string[]): Promise<readonly string[]> {
    const command = parseCommand(words, Date.now());
    if (typeof command === "string") throw new Error(command);
    return this.#carryOut(command);
  }

  async #carryOut(command: Command): Promise<readonly string[]> {
    switch (command.kind) {
      case "fault":
        return this.#make(command.faults);
      case "heal":
        return this.#heal(command);
      case "rate":
        this.#recordsPerSecond = command.recordsPerSecond;
        this.#network.change(this.#recordsPerSecond, this.#faults);
        return [`now ${count(command.recordsPerSecond)} activity records a second, on average over a day`];
      case "kill":
        return this.#kill(command.part);
      case "environment":
        return Object.entries(this.#network.environment()).map(([name, value]) => `${name}=${value}`);
      case "status":
        return this.#status();
      case "nodes":
        return nodesOf(networkPlans[command.network]).map((node) => this.#nodeLine(node));
      case "token":
        return [ownersToken(command)];
    }
  }

  async #make(faults: readonly Fault[]): Promise<string[]> {
    if (faults.some((fault) => fault.kind === "broker-pause")) {
      if (!this.#network.broker)
        throw new Error("KAFKA_BROKERS names a broker of your own: it is not paused from here.");
      await this.#network.broker.suspend();
    }
    const kept = this.#faults.filter((known) => !faults.some((fault) => isSameFault(known, fault)));
    this.#faults = [...kept, ...faults];
    this.#network.change(this.#recordsPerSecond, this.#faults);
    return faults.map((fault) => `now ${describeFault(fault)}`);
  }

  async #heal({ faults, place }: Extract<Command, { kind: "heal" }>): Promise<string[]> {
    const isHealed = (fault: Fault) =>
      faults === "all" || (fault.kind === faults && (place === null || placeOf(fault) === place));
    const healed = this.#faults.filter(isHealed);
    if (healed.some((fault) => fault.kind === "broker-pause")) await this.#network.broker?.resume();
    this.#faults = this.#faults.filter((fault) => !isHealed(fault));
    this.#network.change(this.#recordsPerSecond, this.#faults);
    if (healed.length === 0) return ["nothing of that kind was wrong"];
    return healed.map((fault) => `no longer: ${describeFault(fault)}`);
  }

  async #kill(part: Part): Promise<string[]> {
    const kill = this.#network.kill[part];
    if (!kill) throw new Error(`${part} is not run by this local network: it is not killed from here.`);
    await kill();
    return [`killed: ${part}`];
  }

  #status(): string[] {
    const stats = this.#network.stats();
    const faults = this.#faults.map(
      (fault) => `  ${describeFault(fault)}, since ${new Date(fault.since).toISOString()}`,
    );
    return [
      ...this.#network.parts(),
      stats === null
        ? "the simulation is starting"
        : `activity: ${count(stats.recordsPerSecond)} records a second now (set to ${count(this.#recordsPerSecond)} on average), ${count(stats.telemetryPerSecond)} telemetry records a second`,
      ...(stats && stats.historyPart < 1
        ? [`the hours before the first start: ${Math.floor(stats.historyPart * 100)} % written`]
        : []),
      ...(stats?.trouble ? [`Kafka takes nothing: ${stats.trouble}`] : []),
      faults.length > 0 ? "wrong on purpose:" : "nothing is wrong on purpose",
      ...faults,
    ];
  }

  #nodeLine(node: LocalNode): string {
    const port = this.#network.portOf(node);
    const address = port === null ? "not simulated" : `http://127.0.0.1:${port}/info`;
    const cells = [String(node.number).padStart(3), node.name.padEnd(9), node.clusterName.padEnd(9), address];
    return `${cells.join("  ")}  ${node.account.hex}`;
  }
}

function ownersToken({ network, bucket }: Extract<Command, { kind: "token" }>): string {
  const { owner } = localNetwork(network).bucket(bucket);
  const expiresAt = Date.now() + tokenMs;
  return issueToken(owner, { bucketId: String(bucket), operations: [operation.get], expiresAt });
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
