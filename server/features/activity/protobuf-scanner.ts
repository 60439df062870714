import { malformed, ProtobufBytes, wireType } from "../../kernel/protobuf-bytes.ts";
import type { ActivityParts } from "./activity-parts.ts";
import { nameRecord } from "./record-name.ts";

/**
 * Field numbers of the two public layouts: ddc-api src/protos/activity.proto (newest) and npm @cere-ddc-sdk/ddc
 * protos/activity_report. Requests agree but for the name of `pieceCid`; they are told apart by which field is the time.
 */
const newest = { id: 1, upstream: 2, downstream: 3, timestamp: 4, signature: 5 } as const;
const older = { upstream: 1, downstream: 2, timestamp: 3, signature: 10 } as const;
const fulfillment = { request: 1, ack: 2, response: 3 } as const;
const request = {
  requestType: 3,
  contentType: 4,
  bucketId: 5,
  pieceCid: 6,
  offset: 7,
  size: 8,
  timestamp: 9,
  signature: 10,
} as const;
const acknowledgment = { bytesStoredOrDelivered: 2, timestamp: 3 } as const;
const response = { status: 1, time: 2 } as const;
const signature = { signer: 2, value: 3 } as const;

const largestU32 = 0xffff_ffff;
const longestKept = 132;

/** Reads a record from its protobuf form, as far as the console uses it. Unknown fields are passed over. */
export class ActivityProtobufScanner {
  private readonly record = new ProtobufBytes();
  private readonly outer = new ProtobufBytes();
  private readonly inner = new ProtobufBytes();
  private readonly signed = new ProtobufBytes();
  private bytes: Buffer = Buffer.alloc(0);
  /** Ranges of the record's fields 0 to 10; where there is none both are 0. */
  private readonly from = new Int32Array(11);
  private readonly to = new Int32Array(11);

  /** Null: `parts` holds the record. Else the reason why it is refused. */
  scan(bytes: Buffer, start: number, end: number, parts: ActivityParts): string | null {
    parts.reset();
    this.bytes = bytes;
    try {
      return this.readRecord(start, end, parts);
    } catch (error) {
      if (error === malformed) return "not protobuf, or cut off";
      throw error;
    }
  }

  private readRecord(start: number, end: number, parts: ActivityParts): string | null {
    const { record } = this;
    this.from.fill(0);
    this.to.fill(0);
    let newestAt: number | bigint = 0;
    let olderAt: number | bigint = 0;
    record.begin(this.bytes, start, end);
    for (let field = record.next(); field > 0; field = record.next()) {
      if (field === newest.timestamp && record.wire === wireType.varint) newestAt = record.varint;
      else if (field === older.timestamp && record.wire === wireType.varint) olderAt = record.varint;
      else if (field <= 10 && record.wire === wireType.bytes) this.remember(field);
    }
    if (newestAt !== 0 && olderAt !== 0) return "the record is of neither known layout";
    const isNewest = olderAt === 0;
    const at = amount(isNewest ? newestAt : olderAt);
    if (at === null) return "timestamp: is larger than 2^53 - 1";
    parts.timestamp = at;
    const refusal = this.readUpstream(isNewest ? newest.upstream : older.upstream, parts);
    if (refusal) return refusal;
    this.readSignature(isNewest ? newest.signature : older.signature, isNewest, parts);
    return null;
  }

  private remember(field: number): void {
    this.from[field] = this.record.from;
    this.to[field] = this.record.to;
  }

  private readSignature(field: number, hasId: boolean, parts: ActivityParts): void {
    const { signed } = this;
    const idLength = hasId ? this.lengthOf(newest.id) : 0;
    if (idLength > 0) this.nameBy(parts, this.from[newest.id] ?? 0, idLength);
    signed.begin(this.bytes, this.from[field] ?? 0, this.to[field] ?? 0);
    for (let part = signed.next(); part > 0; part = signed.next()) {
      if (part !== signature.value || signed.wire !== wireType.bytes) continue;
      parts.isSigned = signed.to > signed.from;
      if (idLength === 0 && parts.isSigned) this.nameBy(parts, signed.from, signed.to - signed.from);
    }
  }

  private nameBy(parts: ActivityParts, from: number, length: number): void {
    nameRecord(parts, this.bytes.subarray(from, from + length), length);
  }

  private lengthOf(field: number): number {
    return (this.to[field] ?? 0) - (this.from[field] ?? 0);
  }

  private readUpstream(field: number, parts: ActivityParts): string | null {
    const { outer } = this;
    outer.begin(this.bytes, this.from[field] ?? 0, this.to[field] ?? 0);
    for (let part = outer.next(); part > 0; part = outer.next()) {
      if (part > fulfillment.response) continue;
      if (outer.wire !== wireType.bytes) return wrongType("upstream");
      const refusal = this.readPart(part, parts);
      if (refusal) return refusal;
    }
    return null;
  }

  private readPart(part: number, parts: ActivityParts): string | null {
    this.inner.begin(this.bytes, this.outer.from, this.outer.to);
    if (part === fulfillment.request) return this.readRequest(parts);
    return part === fulfillment.ack ? this.readAcknowledgment(parts) : this.readResponse(parts);
  }

  private readRequest(parts: ActivityParts): string | null {
    const { inner } = this;
    parts.hasRequest = true;
    for (let field = inner.next(); field > 0; field = inner.next()) {
      if (field < request.requestType || field > request.signature) continue;
      const isBytes = field === request.pieceCid || field === request.signature;
      if (inner.wire !== (isBytes ? wireType.bytes : wireType.varint)) return wrongType("upstream.request");
      const refusal = isBytes ? this.requestBytes(field, parts) : this.requestNumber(field, parts);
      if (refusal) return refusal;
    }
    return null;
  }

  private requestBytes(field: number, parts: ActivityParts): string | null {
    const { inner, signed } = this;
    if (field === request.pieceCid) {
      parts.piece = this.textOf(inner.from, inner.to);
      return null;
    }
    signed.begin(this.bytes, inner.from, inner.to);
    for (let part = signed.next(); part > 0; part = signed.next()) {
      if (part !== signature.signer) continue;
      if (signed.wire !== wireType.bytes) return wrongType("upstream.request.signature");
      parts.signer = this.textOf(signed.from, signed.to);
    }
    return null;
  }

  private requestNumber(field: number, parts: ActivityParts): string | null {
    const { varint } = this.inner;
    if (field === request.bucketId) {
      parts.bucketId = varint;
      return null;
    }
    const value = amount(varint);
    if (value === null) return "upstream.request: a number is larger than 2^53 - 1";
    if (field === request.requestType) parts.requestType = value;
    else if (field === request.contentType) parts.contentType = value;
    else if (field === request.offset) parts.offset = value;
    else if (field === request.size) parts.size = value;
    else parts.requestAt = value;
    if (parts.requestType > 3) return "upstream.request.requestType: is no request type";
    return parts.contentType > 4 ? "upstream.request.contentType: is no content type" : null;
  }

  private readAcknowledgment(parts: ActivityParts): string | null {
    const { inner } = this;
    parts.hasAck = true;
    for (let field = inner.next(); field > 0; field = inner.next()) {
      if (field !== acknowledgment.bytesStoredOrDelivered && field !== acknowledgment.timestamp) continue;
      if (inner.wire !== wireType.varint) return wrongType("upstream.ack");
      const value = amount(inner.varint);
      if (value === null) return "upstream.ack: a number is larger than 2^53 - 1";
      if (field === acknowledgment.timestamp) parts.ackAt = value;
      else parts.ackBytes = value;
    }
    return null;
  }

  private readResponse(parts: ActivityParts): string | null {
    const { inner } = this;
    parts.hasResponse = true;
    for (let field = inner.next(); field > 0; field = inner.next()) {
      if (field !== response.status && field !== response.time) continue;
      if (inner.wire !== wireType.varint) return wrongType("upstream.response");
      const value = amount(inner.varint);
      if (value === null || value > largestU32) return "upstream.response: a number is more than 32 bits";
      if (field === response.time) parts.responseMs = value;
      else parts.responseStatus = value;
    }
    return parts.responseStatus > 5 ? "upstream.response.status: is no response status" : null;
  }

  private textOf(from: number, to: number): string {
    return this.bytes.toString("latin1", from, Math.min(to, from + longestKept));
  }
}

function amount(value: number | bigint): number | null {
  return typeof value === "number" ? value : null;
}

function wrongType(where: string): string {
  return `${where}: a field has the wrong type`;
}
