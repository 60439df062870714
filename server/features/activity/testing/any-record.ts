import { BinaryWriter } from "@bufbuild/protobuf/wire";
import fc from "fast-check";

/** An hour before the moment at which tests judge records. */
export const recordedAt = Date.UTC(2026, 10, 23, 17);

/** What a node writes about a read that went well. */
export function plainRecord() {
  const signature = { algorithm: "SR_25519", signer: base64(32, 1), value: base64(64, 2) };
  return {
    id: base64(16, 3),
    upstream: {
      request: {
        requestId: "03849686-d38d-4b75-b971-289f6a45cea6",
        requestType: "REQUEST_TYPE_GET",
        bucketId: "1234",
        pieceCid: Buffer.concat([Buffer.from([1, 2, 0x1e, 0x20]), Buffer.alloc(32, 4)]).toString("base64"),
        timestamp: String(recordedAt - 20),
        signature,
      },
      ack: { bytesStoredOrDelivered: "150000", timestamp: String(recordedAt - 4), signature },
      response: { status: "OK", time: 12, peerID: base64(32, 5) },
    },
    timestamp: String(recordedAt),
    signature: { signer: base64(32, 6), value: base64(64, 7) },
  };
}

function base64(length: number, fill: number): string {
  return Buffer.alloc(length, fill).toString("base64");
}

// Records whose fields are there or not, as number or text, in any order, with blanks, nulls and unknown names.
const bytesText = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Buffer.from(bytes).toString("base64"));
const time = fc.integer({ min: recordedAt - 86_400_000, max: recordedAt + 300_000 });
const amount = fc.oneof(fc.nat(), fc.maxSafeNat());
const bucket = fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
const signature = fc.record(
  {
    algorithm: fc.constantFrom("ED_25519", "SR_25519"),
    signer: bytesText(32, 32),
    value: bytesText(64, 64),
  },
  { requiredKeys: ["signer", "value"] },
);
const cid = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.uint8Array({ minLength: 32, maxLength: 32 }))
  .map(([codec, digest]) => Buffer.from([1, codec, 0x1e, 0x20, ...digest]).toString("base64"));
export const anyRecord = fc.record(
  {
    id: bytesText(1, 40),
    upstream: fc.record(
      {
        request: fc.record(
          {
            requestId: fc.uuid(),
            requestType: fc.constantFrom(
              "REQUEST_TYPE_PUT",
              "REQUEST_TYPE_GET",
              "REQUEST_TYPE_DELETE",
              "REQUEST_TYPE_COMPUTE",
            ),
            contentType: fc.constantFrom("CONTENT_TYPE_PIECE", "CONTENT_TYPE_SEGMENT", "CONTENT_TYPE_NONE"),
            bucketId: bucket.map(String),
            pieceCid: fc.oneof(cid, bytesText(1, 40)),
            offset: amount.map(String),
            size: amount.map(String),
            timestamp: time.map(String),
            signature,
          },
          { requiredKeys: [] },
        ),
        ack: fc.record(
          {
            requestId: fc.uuid(),
            bytesStoredOrDelivered: amount.map(String),
            timestamp: time.map(String),
            cpuUnits: amount.map(String),
            signature,
          },
          { requiredKeys: [] },
        ),
        response: fc.record(
          {
            status: fc.constantFrom("UNKNOWN", "OK", "NOT_FOUND", "INTERNAL", "UNAVAILABLE", "ABORTED"),
            time: fc.nat({ max: 0xffff_ffff }),
            peerID: bytesText(32, 32),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ["request"] },
    ),
    timestamp: time.map(String),
    signature,
  },
  { requiredKeys: ["upstream", "timestamp", "signature"] },
);
export type AnyRecord = typeof anyRecord extends fc.Arbitrary<infer Value> ? Value : never;

/** The same records as text in the forms that JSON allows. */
export const anyRecordText = fc
  .tuple(
    anyRecord,
    fc.constantFrom(
      "plain",
      "blanks",
      "reordered",
      "numbers",
      "urls",
      "unpadded",
      "nulls",
      "token",
      "unknown",
      "escaped",
      "twice",
    ),
  )
  .map(([record, form]) => writeAs(record, form));

function writeAs(record: AnyRecord, form: string): string {
  const text = JSON.stringify(record);
  switch (form) {
    case "blanks":
      return JSON.stringify(record, null, 2);
    case "reordered":
      return JSON.stringify(reversed(record));
    case "numbers":
      return text.replaceAll(/"(\d{1,15})"/g, (_match, digits) => String(Number(digits)));
    case "urls":
      return text.replaceAll("+", "-").replaceAll("/", "_");
    case "unpadded":
      return text.replaceAll("=", "");
    case "nulls":
      return text.replace('"timestamp"', '"authToken":null,"timestamp"');
    case "token":
      return text.replace(
        '"timestamp"',
        `"authToken":"${text.length % 2 ? "AQID".repeat(20) : "no token"}","timestamp"`,
      );
    case "unknown":
      return text.replace('"timestamp"', '"more":{"of":["this",1.5e3,true,null,{}]},"timestamp"');
    case "escaped":
      return text.replace("REQUEST_TYPE", "REQUEST\\u005fTYPE");
    case "twice":
      return text.replace('"timestamp"', '"timestamp":"1795446001234","timestamp"');
    default:
      return text;
  }
}

function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

/** As the SDK's older layout can say it. */
export function withoutNewFields(record: AnyRecord): AnyRecord {
  const { id: _id, ...rest } = record;
  const { response: _response, ...upstream } = rest.upstream;
  return { ...rest, upstream };
}

const names = {
  requestType: ["REQUEST_TYPE_PUT", "REQUEST_TYPE_GET", "REQUEST_TYPE_DELETE", "REQUEST_TYPE_COMPUTE"],
  contentType: [
    "CONTENT_TYPE_PIECE",
    "CONTENT_TYPE_SEGMENT",
    "CONTENT_TYPE_MERKLE_TREE",
    "CONTENT_TYPE_METADATA",
    "CONTENT_TYPE_NONE",
  ],
  status: ["UNKNOWN", "OK", "NOT_FOUND", "INTERNAL", "UNAVAILABLE", "ABORTED"],
  algorithm: ["ED_25519", "SR_25519"],
};

/** By ddc-api activity.proto, and by the SDK's activity_report. */
export function toProtobuf(record: AnyRecord, layout: "newest" | "older"): Buffer {
  const number =
    layout === "newest"
      ? { upstream: 2, timestamp: 4, signature: 5 }
      : { upstream: 1, timestamp: 3, signature: 10 };
  const writer = new BinaryWriter();
  const { request, ack, response } = record.upstream;
  if (record.id !== undefined) bytesField(writer, 1, record.id);
  writer.tag(number.upstream, 2).fork();
  writer.tag(1, 2).fork();
  if (request.requestId !== undefined) writer.tag(2, 2).string(request.requestId);
  enumField(writer, 3, names.requestType.indexOf(request.requestType ?? ""));
  enumField(writer, 4, names.contentType.indexOf(request.contentType ?? ""));
  uintField(writer, 5, request.bucketId);
  if (request.pieceCid !== undefined) bytesField(writer, 6, request.pieceCid);
  uintField(writer, 7, request.offset);
  uintField(writer, 8, request.size);
  uintField(writer, 9, request.timestamp);
  signatureField(writer, 10, request.signature);
  writer.join();
  if (ack) {
    writer.tag(2, 2).fork();
    uintField(writer, 2, ack.bytesStoredOrDelivered);
    uintField(writer, 3, ack.timestamp);
    if (layout === "newest") uintField(writer, 4, ack.cpuUnits);
    signatureField(writer, layout === "newest" ? 7 : 4, ack.signature);
    writer.join();
  }
  if (response) {
    writer.tag(3, 2).fork();
    enumField(writer, 1, names.status.indexOf(response.status ?? ""));
    if (response.time) writer.tag(2, 0).uint32(response.time);
    writer.join();
  }
  writer.join();
  uintField(writer, number.timestamp, record.timestamp);
  signatureField(writer, number.signature, record.signature);
  return Buffer.from(writer.finish());
}

type SignatureJson = AnyRecord["signature"];

function signatureField(writer: BinaryWriter, field: number, value: SignatureJson | undefined): void {
  if (!value) return;
  writer.tag(field, 2).fork();
  enumField(writer, 1, names.algorithm.indexOf(value.algorithm ?? ""));
  bytesField(writer, 2, value.signer);
  bytesField(writer, 3, value.value);
  writer.join();
}

function bytesField(writer: BinaryWriter, field: number, text: string): void {
  writer.tag(field, 2).bytes(Buffer.from(text, "base64"));
}

function enumField(writer: BinaryWriter, field: number, value: number): void {
  if (value > 0) writer.tag(field, 0).int32(value);
}

function uintField(writer: BinaryWriter, field: number, value: string | undefined): void {
  if (value !== undefined) writer.tag(field, 0).uint64(BigInt(value));
}
