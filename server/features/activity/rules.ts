import type { ActivityParts } from "./activity-parts.ts";

/** One record as the console stores it. Missing is null, never zero. */
export type ActivityFacts = {
  /** The record's own time, ms. */
  at: number;
  /** u64: a number where it is exact as one. */
  bucket: number | bigint;
  /** Positions in kernel/cells `operations` and `statuses`. */
  operation: number;
  status: number;
  contentType: number;
  latencyUs: number | null;
  bytes: number;
  size: number | null;
  offset: number | null;
  /** Public key of who asked, and the 36 bytes of the CID, one character a byte. */
  client: string | null;
  cid: string | null;
  /** Bytes of the token that came with it, one character a byte. */
  token: string | null;
  nameHigh: number;
  nameLow: number;
};

/** Times in ms. A record before `keptFrom` would be dropped by retention at once. */
export type ActivityLimits = { earliest: number; latest: number; keptFrom: number };

const earliestMs = Date.UTC(2020, 0, 1);
const aheadMs = 10 * 60_000;
const latencyLimitMs = 30 * 60_000;
/** ActivityResponse.Status UNKNOWN, OK, NOT_FOUND, INTERNAL, UNAVAILABLE, ABORTED to the positions in kernel/cells. */
const statusOfResponse: readonly number[] = [5, 0, 1, 2, 3, 4];
const unknownStatus = 5;
const put = 0;
const longestKey = 64;

/** Before 2020 nothing of Cere was there; ten minutes are more than any clock that is looked after is ahead. */
export function activityLimits(now: Date, keptMs: number | null): ActivityLimits {
  const nowMs = now.getTime();
  return {
    earliest: earliestMs,
    latest: nowMs + aheadMs,
    keptFrom: keptMs === null ? earliestMs : nowMs - keptMs,
  };
}

/** The facts of a record, or the reason why it is refused. */
export function judgeActivity(parts: ActivityParts, limits: ActivityLimits): ActivityFacts | string {
  if (!parts.hasRequest) return "upstream.request is missing";
  if (!parts.isSigned) return "the record is not signed";
  if (parts.signer.length > longestKey) return "upstream.request.signature.signer is longer than 64 bytes";
  const refusal = refuseTime(parts.timestamp, limits);
  if (refusal) return refusal;
  const status = parts.hasResponse
    ? (statusOfResponse[parts.responseStatus] ?? unknownStatus)
    : unknownStatus;
  return {
    at: parts.timestamp,
    bucket: parts.bucketId,
    operation: parts.requestType,
    status,
    contentType: parts.contentType,
    latencyUs: latencyUs(parts),
    bytes: bytesMoved(parts, status),
    size: parts.size > 0 ? parts.size : null,
    offset: parts.offset > 0 ? parts.offset : null,
    client: parts.signer === "" ? null : parts.signer,
    cid: isCid(parts.piece) ? parts.piece : null,
    token: parts.token === "" ? null : parts.token,
    // An id that a node uses again at another time is another record.
    nameHigh: parts.nameHigh ^ (parts.timestamp / 0x1_0000_0000),
    nameLow: parts.nameLow ^ parts.timestamp,
  };
}

function refuseTime(at: number, limits: ActivityLimits): string | null {
  if (at === 0) return "timestamp is missing";
  if (at < limits.earliest) return `timestamp ${textOf(at)} is before 2020`;
  if (at > limits.latest) return `timestamp ${textOf(at)} is more than 10 minutes in the future`;
  if (at < limits.keptFrom) return `timestamp ${textOf(at)} is older than records are kept`;
  return null;
}

function textOf(ms: number): string {
  return ms <= 8_640_000_000_000_000 ? new Date(ms).toISOString() : String(ms);
}

/**
 * What the client measured, where the record carries it; else from its request to its last acknowledgement, both stamped
 * by the client. Zero is protobuf's "not set"; more than half an hour is a clock that jumped.
 */
function latencyUs(parts: ActivityParts): number | null {
  if (parts.hasResponse && parts.responseMs > 0) return usOf(parts.responseMs);
  if (!parts.hasAck || parts.ackAt === 0 || parts.requestAt === 0) return null;
  return usOf(parts.ackAt - parts.requestAt);
}

function usOf(ms: number): number | null {
  return ms >= 0 && ms <= latencyLimitMs ? ms * 1000 : null;
}

/** The client's acknowledgement is the proof; without one a put that did not fail counts with what was to be stored. */
function bytesMoved(parts: ActivityParts, status: number): number {
  if (parts.hasAck) return parts.ackBytes;
  const mayBeStored = status === 0 || status === unknownStatus;
  return parts.requestType === put && mayBeStored ? parts.size : 0;
}

/** 01 · codec 1 to 3 · 1e (BLAKE3) · 20 · 32 bytes (cere-ddc-sdk-js packages/ddc/src/Cid.ts). Segments have bare hashes. */
function isCid(piece: string): boolean {
  return (
    piece.length === 36 &&
    piece.charCodeAt(0) === 1 &&
    piece.charCodeAt(1) >= 1 &&
    piece.charCodeAt(1) <= 3 &&
    piece.charCodeAt(2) === 0x1e &&
    piece.charCodeAt(3) === 0x20
  );
}
