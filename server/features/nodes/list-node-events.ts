import { cidFromBytes, isCid } from "../../kernel/cid/cid.ts";
import { networkByName } from "../../kernel/networks.ts";
import { decodeCursor, encodeCursor } from "../../kernel/paging.ts";
import { resolveTimeRange, type TimeRange } from "../../kernel/time-range.ts";
import { inCount, inDuration } from "../../kernel/wording.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { listHeardWindows } from "./detail-store.ts";
import {
  listChanges,
  listMissedProbes,
  listWrongPieces,
  type MissedProbes,
  type NodeChange,
  type WrongPiece,
} from "./event-store.ts";
import type { ListNodeEventsInput, NodeEvent, NodeEventPage } from "./history-schema.ts";
import { loadNode } from "./load-fleet.ts";
import { silenceLimitMs } from "./rules.ts";
import { type Silence, silencesOf } from "./silences.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
/** By the minute as far back as a week; beyond, an hour must be missing to be seen. */
const longestByMinuteMs = 7 * 24 * hourMs;

/** What happened to a node in a range, newest first: silences, missed probes, changes on the chain and in telemetry. */
export async function listNodeEvents(ctx: Ctx, input: ListNodeEventsInput): Promise<NodeEventPage> {
  const at = ctx.clock.now();
  const range = resolveTimeRange(input, at);
  const { node, identity, limits } = await loadNode(ctx, input, at);
  const which = { network: networkByName(input.network).id, id: identity.id };
  const grain = range.to.getTime() - range.from.getTime() <= longestByMinuteMs ? "1m" : "1h";
  const windowMs = grain === "1m" ? minuteMs : hourMs;
  const [windows, probes, changes, wrongPieces] = await Promise.all([
    listHeardWindows(ctx.db, which, { from: new Date(range.from.getTime() - windowMs), to: range.to, grain }),
    listMissedProbes(ctx.db, identity.id, range),
    listChanges(ctx.db, identity.id, range),
    listWrongPieces(ctx.db, identity.id, range),
  ]);
  const heardAt = range.isLive && node.heardAt !== null ? new Date(node.heardAt) : null;
  const shortest = Math.max(windowMs, silenceLimitMs(node.reportEveryMs, limits));
  const events = [
    ...silencesOf({ windows, windowMs, heardAt }, range.to, shortest).map(silenceEvent),
    ...probes.map(probeEvent),
    ...changes.map(changeEvent),
    ...wrongPieces.map(wrongPieceEvent),
  ];
  return pageOf(
    events.filter((event) => overlaps(event, range)),
    input,
  );
}

function pageOf(events: NodeEvent[], { cursor, limit }: ListNodeEventsInput): NodeEventPage {
  const [beforeAt, beforeId] = cursor ? decodeCursor(cursor, 2).map(String) : [null, null];
  const newestFirst = events.sort((a, b) => (precedes(a, b.at, b.id) ? 1 : -1));
  const ahead =
    beforeAt == null || beforeId == null
      ? newestFirst
      : newestFirst.filter((event) => precedes(event, beforeAt, beforeId));
  const rows = ahead.slice(0, limit);
  const last = ahead.length > limit ? rows.at(-1) : undefined;
  return { rows, next: last ? encodeCursor([last.at, last.id]) : null };
}

function precedes(event: NodeEvent, at: string, id: string): boolean {
  return event.at === at ? event.id < id : event.at < at;
}

function overlaps(event: NodeEvent, { from, to }: TimeRange): boolean {
  const end = event.until ?? event.at;
  return event.at <= to.toISOString() && (end >= from.toISOString() || event.until === null);
}

function silenceEvent({ from, to }: Silence): NodeEvent {
  const text =
    to === null
      ? "No telemetry and no activity, still silent"
      : `No telemetry and no activity for ${inDuration(to.getTime() - from.getTime())}`;
  const at = from.toISOString();
  return {
    id: `silence:${at}`,
    at,
    until: to?.toISOString() ?? null,
    kind: "silence",
    severity: "warn",
    text,
  };
}

function probeEvent({ from, to, missed, reason }: MissedProbes): NodeEvent {
  const at = from.toISOString();
  const text = `${inCount(missed, "probe")} of /info missed: ${reason ?? "no answer"}`;
  return {
    id: `probe:${at}`,
    at,
    until: to?.toISOString() ?? null,
    kind: "probe_missed",
    severity: "warn",
    text,
  };
}

function wrongPieceEvent({ at, cid, computed }: WrongPiece): NodeEvent {
  const read = cidFromBytes(cid);
  const name = isCid(read) ? read.text : "a piece";
  return {
    id: `wrong:${at.toISOString()}:${name}`,
    at: at.toISOString(),
    until: at.toISOString(),
    kind: "wrong_bytes",
    severity: "warn",
    text: `Served wrong bytes of ${name}: they hash to ${computed.slice(0, 16)}…`,
  };
}

function changeEvent(change: NodeChange): NodeEvent {
  const at = change.at.toISOString();
  const base = { id: `change:${change.id}`, at, until: null, severity: "info" } as const;
  if (change.field === "removed")
    return {
      ...base,
      kind: "removed",
      text: change.after === null ? "Registered again" : "Removed from the chain",
    };
  const name = fieldNames[change.field] ?? change.field;
  const by = change.source === "chain" ? "on the chain" : "reported";
  return {
    ...base,
    kind: "changed",
    text: `${name} ${change.before ?? "unknown"} → ${change.after ?? "unknown"}, ${by}`,
  };
}

const fieldNames: Readonly<Record<string, string>> = {
  "service.version": "Version",
  "host.name": "Host name",
  "cloud.region": "Region",
  "ddc.mode": "Mode",
  "ddc.state": "State",
  "ddc.cluster": "Cluster",
  "ddc.provider": "Provider",
  "ddc.link.bps": "Link",
  mode: "Mode",
  clusterId: "Cluster",
  host: "Host",
  domain: "Domain",
  ssl: "TLS",
  httpPort: "HTTP port",
};
