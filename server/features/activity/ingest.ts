import { requireNetwork } from "../../kernel/networks.ts";
import type { Retention } from "../../kernel/retention.ts";
import type { Directory, GrantFacts, KnownNode } from "../../ports/directory.ts";
import type { LogRecord } from "../../ports/event-log.ts";
import type { Added, Cut, IngestBinding, Lane, Reading } from "../../ports/ingest-binding.ts";
import { describeGrant, grantPart } from "../access/grant-of-token.ts";
import { activityEncoding, decodeActivity } from "./decode-activity.ts";
import { nodeKeyOf } from "./node-key-of.ts";
import { PendingActivity } from "./pending-activity.ts";
import { type ActivityFacts, type ActivityLimits, activityLimits } from "./rules.ts";

export type ActivityBindingParts = { directory: Directory; retention: () => Retention };

/** Topics of DDC activity: a row per record, and rollups by network, cluster, node and bucket. */
export function activityBinding({ directory, retention }: ActivityBindingParts): IngestBinding {
  let filling = new PendingActivity();
  let spare: PendingActivity | null = new PendingActivity();
  const cut = (at: Date): Cut => {
    const full = filling;
    filling = spare ?? new PendingActivity();
    spare = null;
    const settings = { retention: retention(), at };
    const times = full.times(settings);
    const write: Cut["write"] = async (tx) => {
      const notices = await full.write(tx, settings);
      full.clear();
      spare = full;
      return notices;
    };
    return { times, nodes: full.nodes(), write };
  };
  return {
    name: "activity",
    read: (lane, at) => {
      const network = requireNetwork(lane);
      const limits = activityLimits(at, retention().raw);
      return new ActivityReading({ lane, network, directory, limits, pending: () => filling });
    },
    pendingBytes: () => filling.bytes,
    cut,
    drop: () => filling.clear(),
  };
}

type ReadingParts = {
  lane: Lane;
  network: number;
  directory: Directory;
  limits: ActivityLimits;
  pending: () => PendingActivity;
};

type ReadRecord = {
  facts: ActivityFacts;
  offset: number;
  nodeKey: string;
  /** Undefined: not known yet, looked up again once `settle` is through. */
  node: KnownNode | undefined;
  client: number | null | undefined;
  /** The part of its token that names a grant; null = no token. */
  grant: string | null;
};

/** Spreads the ids of different nodes, so that equal record ids of two nodes are two names. */
const spread = 0x9e3779b1;

class ActivityReading implements Reading {
  private readonly parts: ReadingParts;
  private readonly records: ReadRecord[] = [];
  private readonly newNodes = new Set<string>();
  private readonly newClients = new Set<string>();
  private readonly newGrants = new Map<string, GrantFacts>();

  constructor(parts: ReadingParts) {
    this.parts = parts;
  }

  take(record: LogRecord): string | null {
    const { network, directory, limits } = this.parts;
    const nodeKey = nodeKeyOf(record);
    if (nodeKey === null) return "neither the key nor the header ddc-node names a node";
    const encoding = activityEncoding(record.header("content-type"));
    const facts = decodeActivity(
      { bytes: record.bytes, start: record.valueStart, end: record.valueEnd, encoding },
      limits,
    );
    if (typeof facts === "string") return facts;
    const node = directory.findNode(network, nodeKey);
    if (!node) this.newNodes.add(nodeKey);
    const client = facts.client === null ? null : directory.findClient(facts.client);
    if (client === undefined && facts.client !== null) this.newClients.add(facts.client);
    const grant = facts.token === null ? null : this.grantOf(facts.token);
    this.records.push({ facts, offset: record.offset, nodeKey, node, client, grant });
    return null;
  }

  async settle(): Promise<void> {
    const { network, directory } = this.parts;
    if (this.newNodes.size > 0) await directory.addNodes(network, this.newNodes);
    if (this.newClients.size > 0) await directory.addClients(this.newClients);
    if (this.newGrants.size > 0) await directory.addGrants(this.newGrants);
  }

  add(): Added {
    const { lane, network } = this.parts;
    const pending = this.parts.pending();
    const offsets: number[] = [];
    const names: number[] = [];
    let duplicates = 0;
    let newestAt: number | null = null;
    for (const record of this.records) {
      const { facts, offset } = record;
      const node = record.node ?? this.nodeOf(record.nodeKey);
      const high = facts.nameHigh ^ Math.imul(node.id, spread);
      if (!lane.recent.add(offset, high, facts.nameLow)) {
        duplicates++;
        continue;
      }
      const client = record.client === undefined ? this.clientOf(facts.client) : record.client;
      const grant = record.grant === null ? null : (this.parts.directory.findGrant(record.grant) ?? null);
      pending.add({ facts, network, node, client, grant, source: lane.source, offset });
      offsets.push(offset);
      names.push(high, facts.nameLow);
      if (newestAt === null || facts.at > newestAt) newestAt = facts.at;
    }
    return { records: offsets.length, duplicates, offsets, names, newestAt };
  }

  private grantOf(token: string): string | null {
    const bytes = Buffer.from(token, "latin1");
    const part = grantPart(bytes);
    if (part === null) return null;
    const name = Buffer.from(part).toString("latin1");
    if (this.parts.directory.findGrant(name) === undefined && !this.newGrants.has(name)) {
      const facts = describeGrant(bytes);
      if (facts === null) return null;
      this.newGrants.set(name, facts);
    }
    return name;
  }

  private nodeOf(nodeKey: string): KnownNode {
    const node = this.parts.directory.findNode(this.parts.network, nodeKey);
    if (!node) throw new Error(`Node ${nodeKey} was added to the directory and is not in it.`);
    return node;
  }

  private clientOf(publicKey: string | null): number | null {
    if (publicKey === null) return null;
    const client = this.parts.directory.findClient(publicKey);
    if (client === undefined) throw new Error("A client was added to the directory and is not in it.");
    return client;
  }
}
