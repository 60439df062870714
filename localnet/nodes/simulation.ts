import { runSquid } from "../chain/squid.ts";
import { DisturbanceBoard } from "../faults/disturbance-board.ts";
import type { Fault } from "../faults/fault.ts";
import { type LocalNetwork, localNetwork } from "../network/local-network.ts";
import { tellStories } from "../stories/tell-stories.ts";
import { historyPart, readMark, writeActivityHistory, writeMark, writeTelemetryHistory } from "./history.ts";
import { runLiveActivity } from "./live-activity.ts";
import { type NetworkSimulation, networkSimulation } from "./network-simulation.ts";
import type { SimulationPlan, SimulationStats } from "./simulation-messages.ts";

const telemetryMs = 1_000;

/** All simulated networks: nodes that answer, report and write, and squids that follow the chain. */
export class Simulation {
  readonly #plan: SimulationPlan;
  readonly #ended = new AbortController();
  readonly #board: DisturbanceBoard;
  readonly #parts: NetworkSimulation[];
  readonly #progress;
  #faults: readonly Fault[];
  #recordsPerSecond: number;
  #written = { activity: 0, telemetry: 0 };
  #shown = { at: Date.now(), activity: 0, telemetry: 0 };

  constructor(plan: SimulationPlan) {
    this.#plan = plan;
    this.#faults = plan.faults;
    this.#recordsPerSecond = plan.recordsPerSecond;
    const networks = plan.networks.map(({ name }) => localNetwork(name));
    this.#board = new DisturbanceBoard(networks);
    this.#board.apply(plan.faults);
    this.#progress = {
      mark: readMark(plan.historyFile),
      save: (mark: { telemetry: number; activity: number }) => writeMark(plan.historyFile, mark),
    };
    this.#parts = networks.map((network) => this.#simulate(network));
  }

  /** Resolves when the nodes answer; the rest goes on until `stop`. */
  async start(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.openPorts()));
    await this.#disturbPorts();
    const { signal } = this.#ended;
    for (const { network, live, storySender } of this.#parts) {
      const url = this.#plan.networks.find(({ name }) => name === network.plan.name)?.indexerUrl;
      if (url) void runSquid(network, { url, isStalled: () => this.#isStalled(network) }, signal);
      void runLiveActivity(live, signal);
      void tellStories({ network, sender: storySender }, signal);
    }
    void this.#runTelemetry();
    const pasts = this.#parts.map((part) => part.past);
    void writeActivityHistory(pasts, { ...this.#plan, signal }, this.#progress);
  }

  async change(recordsPerSecond: number, faults: readonly Fault[]): Promise<void> {
    this.#recordsPerSecond = recordsPerSecond;
    this.#faults = faults;
    this.#board.apply(faults);
    await this.#disturbPorts();
  }

  /** Rates are those since the last call. */
  stats(): SimulationStats {
    const now = Date.now();
    const seconds = Math.max(0.001, (now - this.#shown.at) / 1000);
    const { activity, telemetry } = this.#written;
    const stats = {
      recordsPerSecond: (activity - this.#shown.activity) / seconds,
      telemetryPerSecond: (telemetry - this.#shown.telemetry) / seconds,
      recordsTotal: activity,
      historyPart: historyPart(this.#progress.mark, this.#plan),
      trouble:
        this.#parts.map((part) => part.live.sender.trouble).find((trouble) => trouble !== null) ?? null,
    };
    this.#shown = { at: now, activity, telemetry };
    return stats;
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await Promise.all(this.#parts.map((part) => part.close()));
  }

  #simulate(network: LocalNetwork): NetworkSimulation {
    const plan = this.#plan.networks.find(({ name }) => name === network.plan.name);
    return networkSimulation({
      network,
      brokers: this.#plan.brokers,
      bornAt: this.#plan.bornAt,
      ports: plan?.ports ?? {},
      disturbances: this.#board.of(network),
      recordsPerSecond: () => this.#recordsPerSecond,
      onActivity: (records) => {
        this.#written.activity += records;
      },
      signal: this.#ended.signal,
    });
  }

  #isStalled(network: LocalNetwork): boolean {
    return this.#faults.some(
      (fault) => fault.kind === "indexer-stalled" && fault.network === network.plan.name,
    );
  }

  async #disturbPorts(): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.disturbPorts()));
  }

  /** What was before comes first, so that each machine's counters only grow. */
  async #runTelemetry(): Promise<void> {
    const { signal } = this.#ended;
    const gateways = this.#parts.map(({ telemetry, telemetrySender }) => ({
      telemetry,
      sender: telemetrySender,
    }));
    await writeTelemetryHistory(gateways, { ...this.#plan, signal }, this.#progress);
    while (!signal.aborted) {
      const at = Date.now();
      for (const { telemetry, sender } of gateways) {
        const batches = telemetry.readAll([at], this.#recordsPerSecond);
        this.#written.telemetry += batches.reduce((sum, batch) => sum + batch.records, 0);
        await sender.send(batches);
      }
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(10, telemetryMs - (Date.now() % telemetryMs))),
      );
    }
  }
}
