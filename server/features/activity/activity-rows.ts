import { CopyRows } from "../../kernel/pg-binary.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { ActivityCounter, StoredActivity } from "./activity-counter.ts";
import type { ActivityFacts } from "./rules.ts";

const columns =
  "at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset, node, client, latency_us, source, network, operation, status, content_type, grant_id, cid";
const columnCount = 17;
/** Enough for the longest row: 7 × 12 + 5 × 8 + 4 × 6 + 40. */
const rowBytes = 192;
const initialBytes = 4 * 1024 * 1024;
const digestAt = 4;
const cidShift = 12;
const cidSpan = 2 ** 20;
const dayMs = 86_400_000;

/** A row a record, as COPY wants it. */
export class ActivityRows implements ActivityCounter {
  private readonly rows = new CopyRows(initialBytes);
  private places: number[] = [];
  private days = new Set<number>();

  get bytes(): number {
    return this.rows.count === 0 ? 0 : this.rows.bytes;
  }

  add({ facts, network, node, client, grant, source, offset }: StoredActivity): void {
    const { rows } = this;
    rows.row(columnCount, rowBytes);
    rows.timestamp(facts.at);
    rows.int8(facts.bucket);
    rows.int8(facts.bytes);
    rows.int8(facts.size);
    rows.int8(facts.offset);
    if (facts.cid === null) rows.null();
    else rows.int8Halves(wordAt(facts.cid, digestAt), wordAt(facts.cid, digestAt + 4));
    rows.int8(offset);
    rows.int4(node.id);
    rows.int4(client);
    rows.int4(facts.latencyUs);
    rows.int4(source);
    rows.int2(network);
    rows.int2(facts.operation);
    rows.int2(facts.status);
    rows.int2(facts.contentType);
    rows.int4(grant);
    rows.bytea(facts.cid);
    this.places.push(placeOf(facts));
    this.days.add(facts.at - (facts.at % dayMs));
  }

  times() {
    return [["activity", this.days]] as const;
  }

  async write(tx: BulkTransaction): Promise<readonly never[]> {
    await tx.copy(`activity (${columns})`, this.rows.inOrder(this.inPlace()));
    return [];
  }

  clear(): void {
    this.rows.clear();
    this.places = [];
    this.days = new Set();
  }

  private inPlace(): Uint32Array {
    const { places } = this;
    const order = Uint32Array.from(places, (_place, row) => row);
    return order.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  }
}

/**
 * Bucket by bucket and there CID by CID, as the indexes have them: neighbours go to the same index pages, which
 * makes COPY cheaper for the server. Only speed depends on it, so large buckets may lose their last digits.
 */
function placeOf({ bucket, cid }: ActivityFacts): number {
  const nearby = cid === null ? 0 : wordAt(cid, digestAt) >>> cidShift;
  return Number(bucket) * cidSpan + nearby;
}

/** Four bytes, kept one a character, as a signed 32-bit integer. */
function wordAt(text: string, at: number): number {
  return (
    (text.charCodeAt(at) << 24) |
    (text.charCodeAt(at + 1) << 16) |
    (text.charCodeAt(at + 2) << 8) |
    text.charCodeAt(at + 3)
  );
}
