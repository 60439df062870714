import { z } from "zod";

/**
 * What a storage node tells about one request: DDC's `ActivityRecord` in the protobuf JSON mapping. Field names are those
 * of ddc-api (src/protos/activity.proto) and, where older, of npm @cere-ddc-sdk/ddc (protos/activity_report).
 * Defaults are left out on the wire, `null` means the same; unknown fields are ignored. 64-bit integers come as text or
 * number, enums as name or number, bytes as base64.
 */
const largestU64 = 18_446_744_073_709_551_615n;

const u64Text = z.string().regex(/^[0-9]{1,20}$/, "is not a whole number");
/** A bucket id uses all 64 bits: a number where it is exact as one, else a bigint. */
const u64 = z.union([u64Text.transform((text) => BigInt(text)), z.int().min(0).transform(BigInt)], {
  error: "is not a whole number from 0",
});
const bucketId = u64
  .refine((value) => value <= largestU64, "is more than 64 bits")
  .transform((value) => (value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value));
/** Bytes, offsets and times: nothing real is near 2^53. */
const amount = u64
  .refine((value) => value <= BigInt(Number.MAX_SAFE_INTEGER), "is larger than 2^53 - 1")
  .transform(Number);
const u32 = amount.refine((value) => value <= 0xffff_ffff, "is more than 32 bits");

const base64 = z.string().refine(isBase64, "is not base64");

const requestTypeNumbers = {
  REQUEST_TYPE_PUT: 0,
  REQUEST_TYPE_STORE: 0,
  REQUEST_TYPE_GET: 1,
  REQUEST_TYPE_DELETE: 2,
  REQUEST_TYPE_COMPUTE: 3,
} as const;
const contentTypeNumbers = {
  CONTENT_TYPE_PIECE: 0,
  CONTENT_TYPE_SEGMENT: 1,
  CONTENT_TYPE_MERKLE_TREE: 2,
  CONTENT_TYPE_METADATA: 3,
  CONTENT_TYPE_NONE: 4,
} as const;
const responseStatusNumbers = {
  UNKNOWN: 0,
  OK: 1,
  NOT_FOUND: 2,
  INTERNAL: 3,
  UNAVAILABLE: 4,
  ABORTED: 5,
} as const;
const algorithmNumbers = { ED_25519: 0, SR_25519: 1 } as const;

const requestType = enumSchema(requestTypeNumbers, "is no request type");
const contentType = enumSchema(contentTypeNumbers, "is no content type");
const responseStatus = enumSchema(responseStatusNumbers, "is no response status");
const algorithm = enumSchema(algorithmNumbers, "is no signature algorithm");

const signatureSchema = z.object({
  algorithm: algorithm.nullish(),
  signer: base64.nullish(),
  value: base64.nullish(),
});

const requestSchema = z.object({
  parentRequest: z.unknown().optional(),
  requestId: z.string().nullish(),
  requestType: requestType.nullish(),
  contentType: contentType.nullish(),
  bucketId: bucketId.nullish(),
  pieceCid: base64.nullish(),
  /** The older name of `pieceCid`. */
  id: base64.nullish(),
  offset: amount.nullish(),
  size: amount.nullish(),
  timestamp: amount.nullish(),
  signature: signatureSchema.nullish(),
});

const acknowledgmentSchema = z.object({
  requestId: z.string().nullish(),
  bytesStoredOrDelivered: amount.nullish(),
  timestamp: amount.nullish(),
  cpuUnits: amount.nullish(),
  gpuUnits: amount.nullish(),
  ramUnits: amount.nullish(),
  signature: signatureSchema.nullish(),
});

const responseSchema = z.object({
  status: responseStatus.nullish(),
  /** How long the client waited. Public sources name no unit; every other time in the message is milliseconds. */
  time: u32.nullish(),
  peerID: base64.nullish(),
});

export const activityRecordSchema = z.object({
  id: base64.nullish(),
  upstream: z
    .object({
      request: requestSchema.nullish(),
      ack: acknowledgmentSchema.nullish(),
      response: responseSchema.nullish(),
    })
    .nullish(),
  downstream: z.array(z.unknown()).nullish(),
  timestamp: amount.nullish(),
  signature: signatureSchema.nullish(),
  authToken: z.unknown().optional(),
});
export type ActivityRecord = z.infer<typeof activityRecordSchema>;

/** Numbers of enum names, for the byte-level decoder. */
export const enumNames = {
  requestType: requestTypeNumbers,
  contentType: contentTypeNumbers,
  responseStatus: responseStatusNumbers,
  algorithm: algorithmNumbers,
};

/** Standard or URL alphabet, padded fully or not at all; protobuf JSON readers accept both. */
export function isBase64(text: string): boolean {
  const match = /^[A-Za-z0-9+/_-]*(={0,2})$/.exec(text);
  if (!match) return false;
  const padding = match[1]?.length ?? 0;
  return padding === 0 ? text.length % 4 !== 1 : text.length % 4 === 0;
}

function enumSchema<Names extends Readonly<Record<string, number>>>(numbers: Names, error: string) {
  const known = new Set<number>(Object.values(numbers));
  const byName = z
    .string()
    .refine((name) => Object.hasOwn(numbers, name), error)
    .transform((name) => numbers[name] ?? 0);
  const byNumber = z.number().refine((value) => known.has(value), error);
  return z.union([byName, byNumber], { error });
}
