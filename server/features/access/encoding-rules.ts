import type { RecordLayout } from "./signature-rules.ts";

/**
 * Writes the JSON form of an ActivityRecord as protobuf, so that what was signed can be checked: fields in the order of
 * their numbers, defaults left out, as prost and protobuf.js write them.
 */
type Kind = "bytes" | "text" | "uint" | Readonly<Record<string, number>> | (() => Shape);
type Field = { names: readonly string[]; number: number; kind: Kind; isRepeated?: true };
type Shape = readonly Field[];

const algorithms = { ED_25519: 0, SR_25519: 1 };
const operations = {
  REQUEST_TYPE_PUT: 0,
  REQUEST_TYPE_STORE: 0,
  REQUEST_TYPE_GET: 1,
  REQUEST_TYPE_DELETE: 2,
  REQUEST_TYPE_COMPUTE: 3,
};
const contents = {
  CONTENT_TYPE_PIECE: 0,
  CONTENT_TYPE_SEGMENT: 1,
  CONTENT_TYPE_MERKLE_TREE: 2,
  CONTENT_TYPE_METADATA: 3,
  CONTENT_TYPE_NONE: 4,
};
const statuses = { UNKNOWN: 0, OK: 1, NOT_FOUND: 2, INTERNAL: 3, UNAVAILABLE: 4, ABORTED: 5 };

const field = (number: number, names: string, kind: Kind): Field => ({
  names: names.split("|"),
  number,
  kind,
});
const signature = () => [
  field(1, "algorithm", algorithms),
  field(2, "signer", "bytes"),
  field(3, "value", "bytes"),
];
const request = () => [
  field(2, "requestId", "text"),
  field(3, "requestType", operations),
  field(4, "contentType", contents),
  field(5, "bucketId", "uint"),
  field(6, "pieceCid|id", "bytes"),
  field(7, "offset", "uint"),
  field(8, "size", "uint"),
  field(9, "timestamp", "uint"),
  field(10, "signature", signature),
];
const acknowledgment = () => [
  field(1, "requestId", "text"),
  field(2, "bytesStoredOrDelivered", "uint"),
  field(3, "timestamp", "uint"),
  field(4, "signature", signature),
];
const response = () => [field(1, "status", statuses), field(2, "time", "uint"), field(3, "peerID", "bytes")];
const fulfillment = () => [
  field(1, "request", request),
  field(2, "ack", acknowledgment),
  field(3, "response", response),
];
const repeated = (of: Field): Field => ({ ...of, isRepeated: true });
const records: Record<RecordLayout, Shape> = {
  older: [
    field(1, "upstream", fulfillment),
    repeated(field(2, "downstream", fulfillment)),
    field(3, "timestamp", "uint"),
    field(10, "signature", signature),
  ],
  newest: [
    field(1, "id", "bytes"),
    field(2, "upstream", fulfillment),
    repeated(field(3, "downstream", fulfillment)),
    field(4, "timestamp", "uint"),
    field(5, "signature", signature),
  ],
};

export type EncodedRecord = { bytes: Uint8Array; layout: RecordLayout };

/** Throws RangeError for a value that its field cannot hold. */
export function encodeRecord(record: Readonly<Record<string, unknown>>): EncodedRecord {
  const layout = "id" in record ? "newest" : "older";
  return { bytes: Uint8Array.from(encodeMessage(record, records[layout])), layout };
}

function encodeMessage(message: Readonly<Record<string, unknown>>, shape: Shape): number[] {
  return shape.flatMap(({ names, number, kind, isRepeated }) => {
    const value = names.map((name) => message[name]).find((found) => found !== undefined && found !== null);
    if (value === undefined) return [];
    const values = isRepeated && Array.isArray(value) ? value : [value];
    return values.flatMap((item) => encodeField(number, kind, item));
  });
}

function encodeField(number: number, kind: Kind, value: unknown): number[] {
  if (kind === "uint") return encodeUint(number, wholeNumber(value));
  if (kind === "bytes") return encodeBytes(number, bytesOf(value));
  if (kind === "text") return encodeBytes(number, new TextEncoder().encode(String(value)));
  if (typeof kind !== "function") return encodeUint(number, enumNumber(kind, value));
  if (typeof value !== "object" || value === null) throw new RangeError(`Field ${number} is not an object.`);
  const inner = encodeMessage(value as Readonly<Record<string, unknown>>, kind());
  return [...varint(BigInt(number * 8 + 2)), ...varint(BigInt(inner.length)), ...inner];
}

function encodeUint(number: number, value: bigint): number[] {
  return value === 0n ? [] : [...varint(BigInt(number * 8)), ...varint(value)];
}

function encodeBytes(number: number, bytes: Uint8Array): number[] {
  return bytes.length === 0
    ? []
    : [...varint(BigInt(number * 8 + 2)), ...varint(BigInt(bytes.length)), ...bytes];
}

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  bytes.push(Number(left));
  return bytes;
}

function wholeNumber(value: unknown): bigint {
  const isWhole =
    typeof value === "number" ? Number.isSafeInteger(value) && value >= 0 : /^\d{1,20}$/.test(String(value));
  if (!isWhole) throw new RangeError(`${String(value).slice(0, 40)} is not a whole number.`);
  return BigInt(value as string | number);
}

function enumNumber(names: Readonly<Record<string, number>>, value: unknown): bigint {
  if (typeof value === "number") return wholeNumber(value);
  const known =
    typeof value === "string"
      ? (names[value] ?? names[`REQUEST_TYPE_${value}`] ?? names[`CONTENT_TYPE_${value}`])
      : undefined;
  if (known === undefined) throw new RangeError(`${String(value).slice(0, 40)} is no known name.`);
  return BigInt(known);
}

/** Base64 of either alphabet, with or without padding. */
function bytesOf(value: unknown): Uint8Array {
  if (typeof value !== "string") throw new RangeError("Bytes are written as base64 text.");
  const text = atob(value.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
