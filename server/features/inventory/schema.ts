import { z } from "zod";
import { operations, statuses } from "../../kernel/cells.ts";
import { parseCid } from "../../kernel/cid/parse-cid.ts";
import { clusterIdSchema } from "../clusters/schema.ts";
import { lineSchema, stepsSchema } from "../nodes/history-schema.ts";
import { figureSchema, instantSchema, networkSchema, nodeKeySchema, rangeInput } from "../nodes/schema.ts";
import { bucketSorts, knownWays, objectSorts, visibilities } from "./list-rules.ts";

// Times are RFC 3339 UTC. Counts beyond 2^53 and amounts of bytes are decimal strings. Null is "not known", never 0.

const largestU64 = 18_446_744_073_709_551_615n;
const wholeNumber = /^(0|[1-9]\d{0,19})$/;
export const bucketIdSchema = z
  .string()
  .regex(wholeNumber, "A bucket id is a whole number.")
  // Asked also of what is no number, which has been refused by then.
  .refine((id) => !wholeNumber.test(id) || BigInt(id) <= largestU64, "A bucket id has at most 64 bits.");

export const cidSchema = z.string().superRefine((text, issues) => {
  const parsed = parseCid(text);
  if (parsed.kind === "fault") issues.addIssue({ code: "custom", message: parsed.fault.reason });
});

const countSchema = z.string().regex(/^\d+$/);
const term = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/);

export const knownSchema = z.array(z.enum(knownWays));

export const bucketFilterShape = {
  /** A bucket id, the start of an owner's address, or a CNS name. */
  text: term(200).nullish(),
  owner: term(100).nullish(),
  clusterId: clusterIdSchema.nullish(),
  visibility: z.enum(visibilities).nullish(),
  /** Null: both. Default: those that are still there. */
  isRemoved: z.boolean().nullish(),
  /** Only those with a request in 24 hours. */
  isActive: z.boolean().nullish(),
};

export const listBucketsInput = z.object({
  network: networkSchema,
  ...bucketFilterShape,
  sort: z.enum(bucketSorts).default("requests24h"),
  /** Not "direction": tRPC gives its infinite queries a field of that name. */
  order: z.enum(["asc", "desc"]).default("desc"),
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListBucketsInput = z.output<typeof listBucketsInput>;

export const bucketRowSchema = z.object({
  bucket: bucketIdSchema,
  owner: z.string().nullable(),
  clusterId: z.string().nullable(),
  clusterName: z.string().nullable(),
  /** `unregistered`: seen in activity, and not in the chain's registry. */
  visibility: z.enum(visibilities),
  isRemoved: z.boolean(),
  createdAt: instantSchema.nullable(),
  createdAtHeight: z.int().nullable(),
  known: knownSchema,
  objects: countSchema,
  /** As recorded since `firstSeen`. */
  requests: countSchema,
  readBytes: countSchema,
  writtenBytes: countSchema,
  firstSeen: instantSchema.nullable(),
  lastSeen: instantSchema.nullable(),
  requests24h: countSchema,
  reads24h: countSchema,
  writes24h: countSchema,
  failures24h: countSchema,
  readBytes24h: countSchema,
  writtenBytes24h: countSchema,
  /** Requests of the 24 hours up to the running one; empty = nothing is counted yet. */
  hours: z.array(z.number()),
});
export type BucketRow = z.infer<typeof bucketRowSchema>;

export const bucketPageSchema = z.object({
  at: instantSchema,
  rows: z.array(bucketRowSchema),
  next: z.string().nullable(),
  /** Of the whole filter; with the first page only. */
  summary: z
    .object({
      matching: z.int(),
      active24h: z.int(),
      requests24h: countSchema,
      readBytes24h: countSchema,
      writtenBytes24h: countSchema,
      clusters: z.array(z.object({ clusterId: z.string(), name: z.string().nullable(), buckets: z.int() })),
    })
    .nullable(),
  /** Null = the chain's registry is readable; else why not. */
  registryGap: z.string().nullable(),
  /** Up to when activity is counted into objects and totals. */
  countedAt: instantSchema.nullable(),
});
export type BucketPage = z.infer<typeof bucketPageSchema>;

export const bucketInput = z.object({ network: networkSchema, bucket: bucketIdSchema });
export type BucketInput = z.output<typeof bucketInput>;

export const cnsNameSchema = z.object({
  name: z.string(),
  cid: z.string(),
  ttlSeconds: z.int().nullable(),
  since: instantSchema,
  seenAt: instantSchema,
});

export const bucketDetailSchema = z.object({
  at: instantSchema,
  bucket: bucketRowSchema,
  /** Objects by how they are known. */
  ways: z.object({ namedAndUsed: countSchema, namedOnly: countSchema, usedOnly: countSchema }),
  names: z.array(cnsNameSchema),
  countedAt: instantSchema.nullable(),
});
export type BucketDetail = z.infer<typeof bucketDetailSchema>;

export const bucketHistoryInput = bucketInput.extend(rangeInput.shape);
export type BucketHistoryInput = z.output<typeof bucketHistoryInput>;

/** The chain charges accounts, not buckets: `allocated` is the owner's charge split by what its buckets did. */
export const chargeDaySchema = z.object({
  day: z.iso.date(),
  requests: countSchema,
  /** Null: none of the owner's buckets did anything that day. */
  allocated: countSchema.nullable(),
  charged: countSchema,
});
export const bucketChargesSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("unknown"), reason: z.string() }),
  z.object({
    state: z.literal("allocated"),
    owner: z.string(),
    ownerBuckets: z.int(),
    /** In words: how the split is made. */
    rule: z.string(),
    days: z.array(chargeDaySchema),
  }),
]);
export type BucketCharges = z.infer<typeof bucketChargesSchema>;

export const bucketHistorySchema = z.object({
  at: instantSchema,
  steps: stepsSchema,
  operations: z.array(lineSchema),
  failures: z.array(lineSchema),
  latency: z.array(lineSchema),
  byOperation: z.array(z.object({ operation: z.enum(operations), requests: countSchema })),
  byStatus: z.array(z.object({ status: z.enum(statuses), requests: countSchema })),
  charges: bucketChargesSchema,
});
export type BucketHistory = z.infer<typeof bucketHistorySchema>;

export const servedSchema = z.object({
  nodeKey: nodeKeySchema,
  name: z.string(),
  requests: z.int(),
  bytes: countSchema,
  failures: z.int(),
  p50Ms: figureSchema,
  lastAt: instantSchema,
});
export const askedSchema = z.object({
  /** SS58, or 0x and hex where the key is no account; null = the record names nobody. */
  account: z.string().nullable(),
  requests: z.int(),
  bytes: countSchema,
  lastAt: instantSchema,
});
/** What the newest requests say; `isAll` = there are no older ones. */
export const newestSchema = z.object({
  requests: z.int(),
  isAll: z.boolean(),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  nodes: z.array(servedSchema),
  accounts: z.array(askedSchema),
});
export type Newest = z.infer<typeof newestSchema>;

export const listObjectsInput = bucketInput.extend({
  /** The start of a CID. */
  text: term(59).nullish(),
  known: z.enum(knownWays).nullish(),
  sort: z.enum(objectSorts).default("newest"),
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(500).default(100),
});
export type ListObjectsInput = z.output<typeof listObjectsInput>;

export const objectRowSchema = z.object({
  cid: z.string(),
  kind: z.enum(["dag-node", "raw-piece", "multipart-piece"]),
  bucket: bucketIdSchema,
  known: knownSchema,
  firstSeen: instantSchema,
  lastSeen: instantSchema,
  lastRead: instantSchema.nullable(),
  reads: countSchema,
  writes: countSchema,
  notFound: countSchema,
  aborted: countSchema,
  failures: countSchema,
  readBytes: countSchema,
  sizeBytes: countSchema.nullable(),
});
export type ObjectRow = z.infer<typeof objectRowSchema>;
export const objectPageSchema = z.object({ rows: z.array(objectRowSchema), next: z.string().nullable() });

export const pieceInput = z.object({
  network: networkSchema,
  cid: cidSchema,
  bucket: bucketIdSchema.nullish(),
});
export type PieceInput = z.output<typeof pieceInput>;

export const pieceDetailSchema = z.object({
  at: instantSchema,
  cid: z.string(),
  /** The bucket that the page is about; null when nobody named one and none is known. */
  bucket: bucketRowSchema.nullable(),
  /** Every bucket in which it is known, the newest first; at most 50. */
  places: z.array(objectRowSchema),
  names: z.array(z.object({ bucket: bucketIdSchema, name: z.string() })),
  /** DAG nodes that link to it, of those that somebody looked at; at most 20. */
  parents: z.array(z.object({ bucket: bucketIdSchema, cid: z.string(), name: z.string() })),
  countedAt: instantSchema.nullable(),
});
export type PieceDetail = z.infer<typeof pieceDetailSchema>;
