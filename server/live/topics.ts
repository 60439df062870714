import { isNetworkName, type NetworkName } from "../kernel/networks.ts";
import type { Role } from "../kernel/roles.ts";

/** `steady` is for what changes with every flush of ingest. */
export const noticePaceMs = { quick: 200, steady: 2_000 };

/** Queries whose tRPC path starts so are asked again, at most once in `everyMs`. */
export type Refresh = { path: readonly string[]; everyMs: number };

type Topic = {
  /** How long notices are gathered before they are sent as one. */
  pace: keyof typeof noticePaceMs;
  /** The rows of this topic also become per-second points of nodes. */
  hasPoints: boolean;
  /** False: the ids mean something inside the server only and are not sent. */
  hasPublicIds: boolean;
  /** True: the ids are of people. Each hears it in their own room, and nobody else does. */
  isPersonal?: true;
  /** What a notice makes stale: by id, or for `any` id. */
  refreshes: Readonly<Record<string, readonly Refresh[]>>;
};

const soon = 500;

/**
 * THE table of the live layer: what a writer may announce, and what a browser does about it. A notice goes to the room
 * `status:<network>` (to all of them when it names no network); points go to `network:<network>` and `node:<network>:<key>`;
 * what concerns one person goes to `person:<id>`.
 * What a message looks like: messages.ts. No zod here: every page loads this file.
 */
export const topics = {
  /** Versions came or changed their state. */
  agents: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: {
      any: [
        { path: ["agents"], everyMs: soon },
        { path: ["palette"], everyMs: 2_000 },
      ],
    },
  },
  alerts: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: false,
    refreshes: {
      any: [
        { path: ["alerts"], everyMs: soon },
        { path: ["maintenance"], everyMs: 2_000 },
        { path: ["notify"], everyMs: 2_000 },
      ],
    },
  },
  /** Runtimes spoke: instances, counts, jobs. */
  "agents.status": {
    pace: "steady",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: {
      any: [
        { path: ["deployments", "get"], everyMs: 2_000 },
        { path: ["deployments", "places"], everyMs: 2_000 },
        { path: ["rollouts", "get"], everyMs: 2_000 },
        { path: ["agentConfig", "get"], everyMs: 1_000 },
        { path: ["agentConfig", "revisions"], everyMs: 2_000 },
        { path: ["runs", "list"], everyMs: 5_000 },
        { path: ["runs", "totals"], everyMs: 5_000 },
        { path: ["runs", "instances"], everyMs: 2_000 },
      ],
    },
  },
  audit: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["audit"], everyMs: soon }] },
  },
  /** A SET, a rollout or a configuration changed. */
  deployments: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: {
      any: [
        { path: ["deployments"], everyMs: soon },
        { path: ["rollouts"], everyMs: soon },
        { path: ["agentConfig"], everyMs: soon },
        { path: ["agents"], everyMs: soon },
        { path: ["runs", "live"], everyMs: soon },
        { path: ["runs", "instances"], everyMs: soon },
      ],
    },
  },
  "nodes.activity": {
    pace: "steady",
    hasPoints: true,
    hasPublicIds: false,
    refreshes: {
      any: [
        { path: ["overview"], everyMs: 5_000 },
        { path: ["nodes"], everyMs: 10_000 },
        { path: ["clusters"], everyMs: 10_000 },
      ],
    },
  },
  "nodes.readings": {
    pace: "steady",
    hasPoints: true,
    hasPublicIds: false,
    refreshes: {
      any: [
        { path: ["overview"], everyMs: 5_000 },
        { path: ["nodes"], everyMs: 10_000 },
        { path: ["clusters"], everyMs: 10_000 },
      ],
    },
  },
  "nodes.probes": {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: false,
    refreshes: {
      any: [
        { path: ["probes"], everyMs: 2_000 },
        { path: ["nodes"], everyMs: 2_000 },
        { path: ["overview"], everyMs: 2_000 },
      ],
    },
  },
  /** The schedule hashed what nodes served. */
  "nodes.verifications": {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: false,
    refreshes: {
      any: [
        { path: ["verification"], everyMs: 2_000 },
        { path: ["nodes"], everyMs: 5_000 },
        { path: ["overview"], everyMs: 5_000 },
      ],
    },
  },
  /** Activity was counted into buckets and pieces. */
  inventory: {
    pace: "steady",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["inventory"], everyMs: 10_000 }] },
  },
  registry: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: {
      any: [{ path: ["system"], everyMs: soon }],
      nodes: [
        { path: ["nodes"], everyMs: soon },
        { path: ["overview"], everyMs: soon },
        { path: ["palette"], everyMs: soon },
      ],
      buckets: [
        { path: ["clusters"], everyMs: 10_000 },
        { path: ["inventory"], everyMs: 10_000 },
      ],
      ledger: [
        { path: ["clusters"], everyMs: 10_000 },
        { path: ["overview"], everyMs: 5_000 },
      ],
      clusters: [
        { path: ["clusters"], everyMs: soon },
        { path: ["overview"], everyMs: soon },
        { path: ["palette"], everyMs: soon },
      ],
    },
  },
  /** A replay was asked for, went on, or ended. */
  replays: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["replays"], everyMs: 1_000 }] },
  },
  exports: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    isPersonal: true,
    refreshes: { any: [{ path: ["exports"], everyMs: soon }] },
  },
  ingest: {
    pace: "steady",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["system"], everyMs: 2_000 }] },
  },
  lineage: {
    pace: "steady",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["lineage"], everyMs: 10_000 }] },
  },
  notifications: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    isPersonal: true,
    refreshes: { any: [{ path: ["notifications"], everyMs: soon }] },
  },
  /** Said by the web process itself: something that feeds the network's pages failed or healed. */
  /** Grafana went away or came back: on its own, so that frames wait for nothing else. */
  grafana: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: { any: [{ path: ["dashboards", "list"], everyMs: soon }] },
  },
  system: {
    pace: "quick",
    hasPoints: false,
    hasPublicIds: true,
    refreshes: {
      any: [
        { path: ["system"], everyMs: soon },
        { path: ["overview"], everyMs: soon },
        { path: ["nodes"], everyMs: soon },
      ],
    },
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;

/** Told to the hub only: these sessions ended or may do less now. Never sent to a browser. */
export const sessionsTopic = "identity.session";

export function isTopicName(name: string): name is TopicName {
  return Object.hasOwn(topics, name);
}

/** Is it about people, by whose rooms it travels? */
export function isPersonalTopic(name: TopicName): boolean {
  const topic: Topic = topics[name];
  return topic.isPersonal === true;
}

/** What a notice with these ids makes stale. */
export function refreshesOf(name: TopicName, ids: readonly string[] | "all"): readonly Refresh[] {
  const refreshes: Topic["refreshes"] = topics[name].refreshes;
  const keys = ids === "all" ? Object.keys(refreshes) : ["any", ...ids];
  return keys.flatMap((key) => refreshes[key] ?? []);
}

export type Room =
  | { kind: "status"; network: NetworkName }
  | { kind: "network"; network: NetworkName }
  | { kind: "node"; network: NetworkName; nodeKey: string }
  | { kind: "person"; personId: string };

/**
 * Who may join: a room that shows one network is not opened by a grant for another. A person's room is open to nobody
 * else.
 */
export const roomRoles: Record<Exclude<Room["kind"], "person">, Role> = {
  status: "viewer",
  network: "viewer",
  node: "viewer",
};

const nodeKey = /^0x[0-9a-f]{64}$/;
const personId = /^[\w-]{1,64}$/;

/** Null for a name that is no room. */
export function parseRoom(name: string): Room | null {
  const [kind, network = "", key, ...rest] = name.split(":");
  if (kind === "person")
    return key === undefined && personId.test(network) ? { kind, personId: network } : null;
  if (!isNetworkName(network) || rest.length > 0) return null;
  if ((kind === "status" || kind === "network") && key === undefined) return { kind, network };
  return kind === "node" && key !== undefined && nodeKey.test(key) ? { kind, network, nodeKey: key } : null;
}

export function roomName(room: Room): string {
  if (room.kind === "person") return `person:${room.personId}`;
  return room.kind === "node" ? `node:${room.network}:${room.nodeKey}` : `${room.kind}:${room.network}`;
}

export const topicNames: readonly TopicName[] = Object.keys(topics).filter(isTopicName);

/** Where socket.io listens. */
export const livePath = "/live";
