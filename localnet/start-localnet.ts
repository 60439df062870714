import { join, resolve } from "node:path";
import { Client } from "pg";
import { type IndexerDatabase, openIndexerDatabases } from "./chain/indexer-databases.ts";
import { openControlServer } from "./faults/control-server.ts";
import { type AgentFault, isAgentFault } from "./faults/fault.ts";
import { type OperatedNetwork, Operator } from "./faults/operator.ts";
import { createTopics, type TopicPlan } from "./kafka/create-topics.ts";
import { brokerAnswers, type RunningKafka } from "./kafka/running-kafka.ts";
import { type LocalState, publicKeysOf, readOrCreateState } from "./local-state.ts";
import { indexerVariable, type LocalnetOptions } from "./localnet-options.ts";
import { type LocalNetwork, localNetwork } from "./network/local-network.ts";
import { networkNames, networkPlans } from "./network/plan.ts";
import { findNodePorts, type NodePorts } from "./nodes/node-ports.ts";
import type { SimulationPlan } from "./nodes/simulation-messages.ts";
import { type RunningSimulation, startSimulation } from "./nodes/start-simulation.ts";
import { type RunningPostgres, withDatabase } from "./postgres/start-postgres.ts";
import { type Supervised, supervise } from "./processes/supervise.ts";
import { type RuntimePlan, usualInstances, usualTopics } from "./runtime/runtime.ts";
import { type RunningRuntime, startRuntimeProcess } from "./runtime/supervise-runtime.ts";
import { superviseKafka, supervisePostgres } from "./supervised-services.ts";

export type RunningLocalnet = {
  state: LocalState;
  /** What a console needs in its environment to see this network. */
  environment: Readonly<Record<string, string>>;
  operator: Operator;
  /** Resolves with the reason when a part cannot be kept running. */
  failed: Promise<string>;
  /** In the order in which parts use each other. */
  stop(): Promise<void>;
};

const historyFile = "history.json";
export const controlFile = "control.json";
/** Of a partition: a demo that runs for days must not fill the disk. */
const retentionBytes = 256 * 2 ** 20;
/** For each agent service with something deployed. */
const agentEventsPerSecond = 20;
const deadLettersTopic = "console.dead-letters";

/** Everything around the console, of real parts. The caller has claimed the directory. If it throws, end the process. */
export async function startLocalnet(options: LocalnetOptions): Promise<RunningLocalnet> {
  const state = readOrCreateState(options.directory);
  const failed = Promise.withResolvers<string>();
  const networks = options.simulated.map(localNetwork);
  const ports = await findNodePorts(networks);
  sayMovedPorts(networks, ports, options.say);
  // The broker takes longest, and the databases do not wait for it.
  const [{ postgres, consoleUrl, indexers }, { kafka, brokers }] = await Promise.all([
    openDatabases(options, { networks, ports, onGiveUp: failed.resolve }),
    openBroker(options, failed.resolve),
  ]);
  const objects = join(resolve(options.directory), "agent-objects");
  const environment = environmentOf({ state, consoleUrl, brokers, indexers, objects });
  let runtime: Supervised<RunningRuntime> | null = null;
  const changeAgents = (faults: readonly AgentFault[]) => runtime?.current().change(faults);
  const around = { state, brokers, indexers, ports, kafka, postgres, environment, changeAgents };
  const { operator, simulation } = await simulate(options, { ...around, onGiveUp: failed.resolve });
  const faultsNow = () => operator.faults.filter(isAgentFault);
  runtime = await supervise({
    name: "The agent runtime",
    start: () =>
      startRuntimeProcess(options.directory, {
        ...runtimePlan({ state, brokers, objects }),
        faults: faultsNow(),
      }),
    say: options.say,
    onGiveUp: failed.resolve,
  });
  const control = await openControlServer(join(options.directory, controlFile), (words) =>
    operator.run(words),
  );
  return {
    state,
    environment,
    operator,
    failed: failed.promise,
    stop: async () => {
      await control.close();
      await Promise.all([simulation?.stop(), runtime?.stop()]);
      await Promise.all([kafka?.stop(), postgres?.stop()]);
    },
  };
}

type Databases = {
  /** Null = only the user's own. */
  postgres: Supervised<RunningPostgres> | null;
  consoleUrl: string;
  indexers: IndexerDatabase[];
};

type DatabasePlan = { networks: readonly LocalNetwork[]; ports: NodePorts; onGiveUp(reason: string): void };

async function openDatabases(options: LocalnetOptions, plan: DatabasePlan): Promise<Databases> {
  const { networks, ports, onGiveUp } = plan;
  const { databaseUrl, onDatabase } = options;
  if (databaseUrl && networks.length === 0) {
    await onDatabase?.(databaseUrl);
    return { postgres: null, consoleUrl: databaseUrl, indexers: [] };
  }
  const postgres = await supervisePostgres(options, onGiveUp);
  const serverUrl = postgres.current().socketUrl;
  const consoleUrl = databaseUrl ?? withDatabase(serverUrl, "console");
  const prepare = async () => {
    if (!databaseUrl) await createDatabase(serverUrl, "console");
    await onDatabase?.(consoleUrl);
  };
  const [indexers] = await Promise.all([
    openIndexers(serverUrl, { networks, ports, say: options.say }),
    prepare(),
  ]);
  return { postgres, consoleUrl, indexers };
}

type Broker = { kafka: Supervised<RunningKafka> | null; brokers: readonly string[] };

/** With the topics that the console reads. */
async function openBroker(options: LocalnetOptions, onGiveUp: (reason: string) => void): Promise<Broker> {
  const kafka = options.brokers
    ? await requireAnswer(options.brokers)
    : await superviseKafka(options, onGiveUp);
  const brokers = options.brokers ?? kafka?.current().brokers ?? [];
  await createTopics(brokers, topicPlans());
  return { kafka, brokers };
}

async function requireAnswer(brokers: readonly string[]): Promise<null> {
  if (await brokerAnswers(brokers)) return null;
  throw new Error(`KAFKA_BROKERS names ${brokers.join(", ")}, and no Kafka broker answers there.`);
}

function sayMovedPorts(
  networks: readonly LocalNetwork[],
  ports: NodePorts,
  say: (line: string) => void,
): void {
  const nodes = networks.flatMap((network) => network.nodes);
  const moved = nodes.filter((node) => ports.get(node.network)?.[node.name] !== node.preferredPort).length;
  if (moved > 0)
    say(`${moved} ports of nodes are taken: those nodes listen elsewhere (npm run localnet -- nodes)`);
}

type Surroundings = {
  state: LocalState;
  brokers: readonly string[];
  indexers: readonly IndexerDatabase[];
  ports: NodePorts;
  kafka: Supervised<RunningKafka> | null;
  postgres: Supervised<RunningPostgres> | null;
  environment: Readonly<Record<string, string>>;
  changeAgents(faults: readonly AgentFault[]): void;
  onGiveUp(reason: string): void;
};

type Simulated = { operator: Operator; simulation: Supervised<RunningSimulation> | null };

async function simulate(options: LocalnetOptions, around: Surroundings): Promise<Simulated> {
  const { brokers, indexers, ports, kafka, postgres } = around;
  let simulation: Supervised<RunningSimulation> | null = null;
  const operated: OperatedNetwork = {
    stats: () => simulation?.current().stats() ?? null,
    portOf: (node) => ports.get(node.network)?.[node.name] ?? null,
    change: (recordsPerSecond, faults) => {
      simulation?.current().change(recordsPerSecond, faults);
      around.changeAgents(faults.filter(isAgentFault));
    },
    broker: kafka && { suspend: () => kafka.current().suspend(), resume: () => kafka.current().resume() },
    kill: {
      kafka: kafka && (() => kafka.current().kill()),
      postgres: postgres && (() => postgres.current().kill()),
      simulation: indexers.length > 0 ? async () => simulation?.current().kill() : null,
    },
    environment: () => around.environment,
    parts: () => [
      `Kafka: ${brokers.join(", ")}${kafka ? "" : " (your own)"}`,
      `simulated networks: ${indexers.map(({ network }) => network.plan.name).join(", ") || "none"}`,
      ...(options.otherParts?.() ?? []),
    ],
  };
  const operator = new Operator(operated, options.recordsPerSecond);
  const plan = (): SimulationPlan => ({
    brokers,
    networks: indexers.map(({ network, writerUrl }) => ({
      name: network.plan.name,
      ports: ports.get(network.plan.name) ?? {},
      indexerUrl: writerUrl,
    })),
    bornAt: around.state.bornAt,
    historyHours: options.historyHours,
    historyFile: join(options.directory, historyFile),
    recordsPerSecond: operator.recordsPerSecond,
    faults: operator.faults,
  });
  if (indexers.length > 0)
    simulation = await supervise({
      name: "The simulation of nodes",
      start: () => startSimulation(options.directory, plan()),
      say: options.say,
      onGiveUp: around.onGiveUp,
    });
  return { operator, simulation };
}

type IndexerPlan = { networks: readonly LocalNetwork[]; ports: NodePorts; say(line: string): void };

function openIndexers(serverUrl: string, { networks, ports, say }: IndexerPlan): Promise<IndexerDatabase[]> {
  const portsOf = (network: LocalNetwork) => new Map(Object.entries(ports.get(network.plan.name) ?? {}));
  return openIndexerDatabases({ serverUrl, networks, say, ports: portsOf });
}

/** Of all networks, simulated or not: the console reads them all. */
function topicPlans(): TopicPlan[] {
  const perNetwork = networkNames.flatMap((name) => {
    const { topics, partitions } = networkPlans[name];
    return [
      { topic: topics.activity, partitions: partitions.activity, retentionBytes },
      { topic: topics.lineage, partitions: 1, retentionBytes },
      { topic: topics.telemetry, partitions: partitions.telemetry, retentionBytes },
    ];
  });
  return [
    ...perNetwork,
    { topic: usualTopics.events, partitions: 6, retentionBytes },
    { topic: usualTopics.status, partitions: 3, retentionBytes },
    { topic: usualTopics.desired, partitions: 1, isCompacted: true },
    { topic: usualTopics.replays.requests, partitions: 1, retentionBytes },
    { topic: usualTopics.replays.results, partitions: 1, retentionBytes },
    { topic: deadLettersTopic, partitions: 1, retentionBytes },
  ];
}

async function createDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (!rowCount) await client.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  } finally {
    await client.end();
  }
}

function runtimePlan({ state, brokers, objects }: Runs): RuntimePlan {
  return {
    brokers,
    objects,
    secretsKeys: state.secretsKeys,
    topics: usualTopics,
    instances: usualInstances,
    eventsPerSecond: agentEventsPerSecond,
    group: "localnet-runtime",
  };
}

type Runs = { state: LocalState; brokers: readonly string[]; objects: string };
type Addresses = Runs & { consoleUrl: string; indexers: readonly IndexerDatabase[] };

function environmentOf({ state, consoleUrl, brokers, indexers, objects }: Addresses): Record<string, string> {
  const readers = indexers.map(({ network, readerUrl }) => [indexerVariable(network.plan.name), readerUrl]);
  return {
    DATABASE_URL: consoleUrl,
    KAFKA_BROKERS: brokers.join(","),
    ...Object.fromEntries(readers),
    OBJECTS_DIR: objects,
    AGENT_SECRETS_KEYS: publicKeysOf(state),
    PROBE_ALLOW: "127.0.0.0/8",
    NOTIFY_ALLOW: "127.0.0.0/8",
  };
}
