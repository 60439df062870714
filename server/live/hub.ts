import type { LivePoints } from "../features/nodes/schema.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Health, Running } from "../kernel/lifecycle.ts";
import { type NetworkName, networkNames, networks } from "../kernel/networks.ts";
import type { Notice } from "../kernel/notice.ts";
import type { Logger } from "../ports/logger.ts";
import type { Audience } from "./audience.ts";
import type { LiveNotice } from "./messages.ts";
import { NodeStir } from "./node-stir.ts";
import { type PendingNotice, PendingNotices } from "./pending-notices.ts";
import { isPersonalTopic, isTopicName, noticePaceMs, roomName, sessionsTopic, topics } from "./topics.ts";

type Wanted = { network: NetworkName; nodeIds: readonly number[] | "all" };

/** Points of some nodes of a network, or of all of them, in one go. */
export type ListPoints = (wanted: Wanted & { at: Date }) => Promise<LivePoints>;

export type HubOptions = {
  audience: Audience;
  /** These sessions ended or may do less now. */
  onSessionsChanged(sessionIds: readonly string[] | "all"): void;
  listPoints: ListPoints;
  clock: Clock;
  log: Logger;
  tickMs?: number;
};

export type Hub = Running & {
  take(notice: Notice): void;
  /** After a time in which notices were not heard. */
  everythingMayHaveChanged(): void;
  /** Whether points are being read. */
  health(): Health;
};

const pointTickMs = 1_000;
/** As long as a rate's window reaches back, and a little more. */
const lingerTicks = 15;

/**
 * Turns what writers announce into what rooms hear: notices are gathered for a moment and sent as one; points are read
 * once a tick for all nodes that stirred, and sent as one message a room.
 */
export function startHub(options: HubOptions): Hub {
  const notices = { quick: new PendingNotices(), steady: new PendingNotices() };
  const stirs = new Map(networkNames.map((network) => [network, new NodeStir(lingerTicks)]));
  const points: PointState = { reading: new Set(), failingSince: null, why: "" };
  const sendWaiting = (waiting: PendingNotices) => {
    for (const notice of waiting.take())
      if (isPersonalTopic(notice.topic)) tellPeople(options, notice);
      else sendNotice(options, notice);
  };
  const timers = [
    setInterval(() => sendWaiting(notices.quick), noticePaceMs.quick),
    setInterval(() => sendWaiting(notices.steady), noticePaceMs.steady),
    setInterval(() => tick(options, stirs, points), options.tickMs ?? pointTickMs),
  ];
  return {
    take: (notice) => take(notice, { options, notices, stirs }),
    everythingMayHaveChanged: () => {
      sendNotice(options, { topic: "everything", network: null, ids: "all" });
      for (const stir of stirs.values()) stir.add("all");
    },
    health: () => healthOf(points),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

type Stirs = ReadonlyMap<NetworkName, NodeStir>;
type PointState = { reading: Set<NetworkName>; failingSince: Date | null; why: string };
type Notices = { quick: PendingNotices; steady: PendingNotices };
type Intake = { options: HubOptions; notices: Notices; stirs: Stirs };

function take(notice: Notice, { options, notices, stirs }: Intake): void {
  if (notice.topic === sessionsTopic) options.onSessionsChanged(notice.ids);
  if (!isTopicName(notice.topic)) return;
  const network = networks.find(({ id }) => id === notice.network)?.name ?? null;
  const topic = topics[notice.topic];
  notices[topic.pace].add(notice.topic, network, topic.hasPublicIds ? notice.ids : []);
  if (topic.hasPoints && network) stirs.get(network)?.add(notice.ids);
}

function sendNotice(
  { audience, clock }: HubOptions,
  notice: Omit<PendingNotice, "topic"> & { topic: LiveNotice["topic"] },
): void {
  const payload: LiveNotice = {
    topic: notice.topic,
    network: notice.network,
    ids: notice.ids === "all" ? "all" : [...notice.ids],
    at: clock.now().toISOString(),
  };
  const concerned = notice.network ? [notice.network] : networkNames;
  for (const network of concerned)
    audience.send(roomName({ kind: "status", network }), { event: "notice", payload });
}

/** Each in their own room, without saying whom else it concerns. */
function tellPeople({ audience, clock }: HubOptions, { topic, ids }: PendingNotice): void {
  const payload: LiveNotice = { topic, network: null, ids: [], at: clock.now().toISOString() };
  const rooms =
    ids === "all"
      ? audience.listRooms("person:")
      : [...ids].map((personId) => roomName({ kind: "person", personId }));
  for (const room of rooms) audience.send(room, { event: "notice", payload });
}

function tick(options: HubOptions, stirs: Stirs, points: PointState): void {
  for (const [network, stir] of stirs) {
    // A slow read is not overtaken by the next one: its nodes wait for the tick after.
    if (points.reading.has(network)) continue;
    const nodeIds = stir.next();
    if (nodeIds !== null) void sendPoints(options, { network, nodeIds }, points);
  }
}

async function sendPoints(options: HubOptions, wanted: Wanted, state: PointState): Promise<void> {
  const { audience, listPoints, clock, log } = options;
  const { network, nodeIds } = wanted;
  const room = roomName({ kind: "network", network });
  const nodeRooms = new Set(audience.listRooms(`node:${network}:`));
  if (nodeRooms.size === 0 && !audience.hasListeners(room)) return;
  state.reading.add(network);
  try {
    const points = await listPoints({ network, nodeIds, at: clock.now() });
    if (points.nodes.length > 0) audience.send(room, { event: "points", payload: points });
    for (const node of points.nodes) {
      const nodeRoom = roomName({ kind: "node", network, nodeKey: node.key });
      if (nodeRooms.has(nodeRoom))
        audience.send(nodeRoom, { event: "points", payload: { at: points.at, nodes: [node] } });
    }
    state.failingSince = null;
  } catch (error) {
    state.failingSince ??= clock.now();
    state.why = error instanceof Error ? error.message : String(error);
    log.warn({ err: error, network }, "live points could not be read");
  } finally {
    state.reading.delete(network);
  }
}

function healthOf({ failingSince, why }: PointState): Health {
  if (failingSince === null) return { state: "ok", reason: null, since: null };
  return { state: "degraded", reason: `Live points cannot be read: ${why}`, since: failingSince };
}
