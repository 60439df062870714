import { BinaryWriter } from "@bufbuild/protobuf/wire";
import type { Random } from "../network/random.ts";
import { type ActivityFacts, contentTypes, operations, statuses } from "./activity-facts.ts";

/**
 * DDC's ActivityRecord in the newest public form (ddc-api src/protos/activity.proto), as protobuf and as protobuf's
 * JSON mapping: enum zero and empty fields are left out, 64-bit integers are strings, bytes are base64.
 * Signatures have the right length and form, and nobody made them.
 */
export type EncodedActivity = { facts: ActivityFacts; nodeKey: Uint8Array; stand: StandIns; random: Random };

/**
 * Values that differ in every record and take the same room in each: encoded once as stand-ins that are found again in
 * the bytes, and then replaced in place.
 */
export type StandIns = {
  id: Uint8Array;
  requestId: string;
  requestedAt: number;
  acknowledgedAt: number;
  recordedAt: number;
};

export const idBytes = 24;

export const standIns: StandIns = {
  id: new Uint8Array(idBytes).fill(0xa5),
  requestId: "5a5a5a5a-0000-4000-8000-a5a5a5a5a5a5",
  requestedAt: 1_400_000_000_001,
  acknowledgedAt: 1_400_000_000_002,
  recordedAt: 1_400_000_000_003,
};

export function asJson(record: EncodedActivity): Uint8Array {
  const { facts, stand, random } = record;
  return Buffer.from(
    JSON.stringify({
      id: base64(stand.id),
      upstream: {
        request: {
          requestId: stand.requestId,
          ...unlessFirst(
            "requestType",
            operations.indexOf(facts.operation),
            `REQUEST_TYPE_${facts.operation}`,
          ),
          ...unlessFirst(
            "contentType",
            contentTypes.indexOf(facts.contentType),
            `CONTENT_TYPE_${facts.contentType}`,
          ),
          bucketId: String(facts.bucket),
          pieceCid: base64(facts.cid),
          ...(facts.offset > 0 ? { offset: String(facts.offset) } : {}),
          ...(facts.size > 0 ? { size: String(facts.size) } : {}),
          timestamp: String(stand.requestedAt),
          signature: {
            algorithm: "SR_25519",
            signer: base64(facts.client),
            value: base64(signatureFrom(random)),
          },
        },
        ...(facts.acknowledgedBytes === null
          ? {}
          : { ack: acknowledgmentJson(record, facts.acknowledgedBytes) }),
        ...(facts.status === "unknown"
          ? {}
          : {
              response: {
                status: facts.status.toUpperCase(),
                time: facts.latencyMs,
                peerID: base64(facts.peer),
              },
            }),
      },
      ...(facts.downstream > 0 ? { downstream: downstreamOf(record).map(segmentJson) } : {}),
      timestamp: String(stand.recordedAt),
      signature: { signer: base64(record.nodeKey), value: base64(signatureFrom(random)) },
    }),
  );
}

function acknowledgmentJson({ facts, stand, random }: EncodedActivity, bytes: number) {
  return {
    requestId: stand.requestId,
    ...(bytes > 0 ? { bytesStoredOrDelivered: String(bytes) } : {}),
    timestamp: String(stand.acknowledgedAt),
    ...(facts.units?.cpu ? { cpuUnits: String(facts.units.cpu) } : {}),
    ...(facts.units?.gpu ? { gpuUnits: String(facts.units.gpu) } : {}),
    ...(facts.units?.ram ? { ramUnits: String(facts.units.ram) } : {}),
    signature: { algorithm: "SR_25519", signer: base64(facts.client), value: base64(signatureFrom(random)) },
  };
}

export function asProtobuf(record: EncodedActivity): Uint8Array {
  const { facts, stand, random } = record;
  const writer = new BinaryWriter();
  writer.tag(1, 2).bytes(stand.id);
  writer.tag(2, 2).fork();
  writer.tag(1, 2).fork();
  writer.tag(2, 2).string(stand.requestId);
  uint(writer, 3, operations.indexOf(facts.operation));
  uint(writer, 4, contentTypes.indexOf(facts.contentType));
  uint(writer, 5, facts.bucket);
  writer.tag(6, 2).bytes(facts.cid);
  uint(writer, 7, facts.offset);
  uint(writer, 8, facts.size);
  uint(writer, 9, stand.requestedAt);
  signature(writer, 10, { algorithm: 1, signer: facts.client, value: signatureFrom(random) });
  writer.join();
  if (facts.acknowledgedBytes !== null) {
    writer.tag(2, 2).fork();
    writer.tag(1, 2).string(stand.requestId);
    uint(writer, 2, facts.acknowledgedBytes);
    uint(writer, 3, stand.acknowledgedAt);
    uint(writer, 4, facts.units?.cpu ?? 0);
    uint(writer, 5, facts.units?.gpu ?? 0);
    uint(writer, 6, facts.units?.ram ?? 0);
    signature(writer, 7, { algorithm: 1, signer: facts.client, value: signatureFrom(random) });
    writer.join();
  }
  if (facts.status !== "unknown") {
    writer.tag(3, 2).fork();
    uint(writer, 1, statuses.indexOf(facts.status));
    uint(writer, 2, facts.latencyMs);
    writer.tag(3, 2).bytes(facts.peer);
    writer.join();
  }
  writer.join();
  for (const segment of facts.downstream > 0 ? downstreamOf(record) : []) segmentProtobuf(writer, segment);
  uint(writer, 4, stand.recordedAt);
  signature(writer, 5, { algorithm: 0, signer: record.nodeKey, value: signatureFrom(random) });
  return writer.finish();
}

/** A request for a segment that the node made to another one, on behalf of its client. */
type Segment = {
  requestId: string;
  id: Uint8Array;
  size: number;
  at: number;
  signer: Uint8Array;
  value: Uint8Array;
};

function downstreamOf({ facts, nodeKey, random, stand }: EncodedActivity): Segment[] {
  return Array.from({ length: facts.downstream }, () => ({
    requestId: uuidFrom(random),
    id: facts.cid,
    size: 65_536,
    at: stand.requestedAt,
    signer: nodeKey,
    value: signatureFrom(random),
  }));
}

function segmentJson({ requestId, id, size, at, signer, value }: Segment) {
  return {
    request: {
      requestId,
      requestType: "REQUEST_TYPE_GET",
      contentType: "CONTENT_TYPE_SEGMENT",
      pieceCid: base64(id),
      size: String(size),
      timestamp: String(at),
      signature: { signer: base64(signer), value: base64(value) },
    },
  };
}

function segmentProtobuf(writer: BinaryWriter, { requestId, id, size, at, signer, value }: Segment): void {
  writer.tag(3, 2).fork();
  writer.tag(1, 2).fork();
  writer.tag(2, 2).string(requestId);
  uint(writer, 3, operations.indexOf("get"));
  uint(writer, 4, contentTypes.indexOf("segment"));
  writer.tag(6, 2).bytes(id);
  uint(writer, 8, size);
  uint(writer, 9, at);
  signature(writer, 10, { algorithm: 0, signer, value });
  writer.join();
  writer.join();
}

function signature(
  writer: BinaryWriter,
  field: number,
  { algorithm, signer, value }: { algorithm: number; signer: Uint8Array; value: Uint8Array },
): void {
  writer.tag(field, 2).fork();
  uint(writer, 1, algorithm);
  writer.tag(2, 2).bytes(signer);
  writer.tag(3, 2).bytes(value);
  writer.join();
}

/** Proto3: zero is not written. */
function uint(writer: BinaryWriter, field: number, value: number): void {
  if (value > 0) writer.tag(field, 0).uint64(value);
}

function unlessFirst(name: string, code: number, text: string): Record<string, string> {
  return code === 0 ? {} : { [name]: text.toUpperCase() };
}

function signatureFrom(random: Random): Uint8Array {
  return random.fill(new Uint8Array(64));
}

function uuidFrom(random: Random): string {
  const hex = Buffer.from(random.fill(new Uint8Array(16))).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
