import { CopyRows } from "../../kernel/pg-binary.ts";
import type { BulkTransaction } from "../../ports/bulk-store.ts";
import type { ActivityCounter, StoredActivity } from "./activity-counter.ts";
import { GroupFirsts } from "./group-firsts.ts";
import type { ActivityFacts } from "./rules.ts";

const columns =
  "at, bucket, bytes, size, byte_offset, cid_prefix, kafka_offset, node, client, latency_us, source, network, operation, status, content_type, grant_id, first_of_cid, first_of_client, cid";
const columnCount = 19;
/** Enough for the longest row: 7 × 12 + 5 × 8 + 4 × 6 + 2 × 5 + 40. */
const rowBytes = 208;
/** A flush when it is full, so that the buffer need not be doubled (ingest/batch-limit). */
const initialBytes = 12 * 1024 * 1024;
const digestAt = 4;
const cidShift = 20;
const cidSpan = 2 ** 12;
const bucketSpan = 2 ** 20;
/** Of one flush: 21 bits beside the 32 of a place. */
const mostRows = 2 ** 21;
const dayMs = 86_400_000;

/** A row a record, as COPY wants it. */
export class ActivityRows implements ActivityCounter {
  private readonly rows = new CopyRows(initialBytes);
  private readonly firsts = new GroupFirsts();
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
    this.firsts.enter(facts, network);
    rows.bool(this.firsts.isFirstOfCid(facts.cid));
    rows.bool(this.firsts.isFirstOfClient(client));
    rows.bytea(facts.cid);
    this.places.push(placeOf(facts) * mostRows + rows.count - 1);
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
    this.firsts.clear();
    this.places = [];
    this.days = new Set();
  }

  /** Numbers sort in native code when they bring their row along; a comparison of our own would be called for each step. */
  private inPlace(): Uint32Array {
    const places = new Float64Array(this.places).sort();
    return Uint32Array.from(places, (place) => place % mostRows);
  }
}

/**
 * Bucket by bucket and there CID by CID, as the indexes have them: neighbours go to the same index pages, which
 * makes COPY cheaper for the server. Only speed depends on it, so the first digits of large buckets may be left out.
 */
function placeOf({ bucket, cid }: ActivityFacts): number {
  const nearby = cid === null ? 0 : wordAt(cid, digestAt) >>> cidShift;
  return (Number(bucket) % bucketSpan) * cidSpan + nearby;
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
