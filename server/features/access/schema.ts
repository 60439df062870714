import { z } from "zod";
import { operations, statuses } from "../../kernel/cells.ts";
import { bucketIdSchema, cidSchema } from "../inventory/schema.ts";
import { instantSchema, networkSchema, nodeKeySchema } from "../nodes/schema.ts";
import { accessTabs, answers, recordsPerPage } from "./access-rules.ts";

const moment = z.string().max(40).optional();
/** SS58 or 0x hex. */
const accountSchema = z.string().min(1).max(80);

export const accessFilterShape = {
  network: networkSchema,
  from: moment,
  to: moment,
  asOf: moment,
  tab: z.enum(accessTabs).default("all"),
  bucket: bucketIdSchema.nullish(),
  cid: cidSchema.nullish(),
  account: accountSchema.nullish(),
  node: nodeKeySchema.nullish(),
  operation: z.array(z.enum(operations)).max(operations.length).nullish(),
  status: z.array(z.enum(statuses)).max(statuses.length).nullish(),
};
export const accessFilterInput = z.object(accessFilterShape);
export type AccessFilter = z.output<typeof accessFilterInput>;

export const listRecordsInput = z.object({
  ...accessFilterShape,
  cursor: z.string().max(500).nullish(),
  limit: z.int().min(1).max(1_000).default(recordsPerPage),
});
export type ListRecordsInput = z.output<typeof listRecordsInput>;

export const accessGrantSchema = z.object({
  id: z.int(),
  expiresAt: instantSchema.nullable(),
  /** Empty: it names none. */
  operations: z.array(z.string()),
  bucket: z.string().nullable(),
  giver: z.string().nullable(),
  links: z.int(),
});

export const accessRecordSchema = z.object({
  /** Where it stands in Kafka: its name, and where to look it up. */
  topic: z.string(),
  partition: z.int(),
  offset: z.string(),
  at: instantSchema,
  account: z.string().nullable(),
  nodeKey: z.string(),
  nodeName: z.string().nullable(),
  operation: z.enum(operations),
  status: z.enum(statuses),
  bucket: z.string(),
  cid: z.string().nullable(),
  bytes: z.string(),
  sizeBytes: z.string().nullable(),
  latencyMs: z.number().nullable(),
  answer: z.enum(answers),
  /** Why it is read so. */
  reason: z.string(),
  /** The token that came with it had ended at that time. */
  isAfterEnd: z.boolean(),
  grant: accessGrantSchema.nullable(),
});
export type AccessRecord = z.infer<typeof accessRecordSchema>;

export const searchedSchema = z.object({
  from: instantSchema,
  to: instantSchema,
  /** All records of the network in that time, by the rollups of whole minutes. */
  records: z.string(),
  /** False: the time allowed for one page was used up; the next page goes on. */
  isComplete: z.boolean(),
  keptSince: instantSchema.nullable(),
});
export const recordPageSchema = z.object({
  rows: z.array(accessRecordSchema),
  next: z.string().nullable(),
  searched: searchedSchema,
});
export type RecordPage = z.infer<typeof recordPageSchema>;

const sampleSchema = z.object({ records: z.int(), since: instantSchema.nullable(), isAll: z.boolean() });
const readerSchema = z.object({
  account: z.string(),
  requests: z.int(),
  reads: z.int(),
  bytes: z.string(),
  refused: z.int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  /** No record of it before the first of these, as far as records are kept; null = not looked up. */
  isNew: z.boolean().nullable(),
});
export const patternsSchema = z.object({
  sample: sampleSchema,
  readers: z.array(readerSchema),
  accounts: z.int(),
  bursts: z.array(
    z.object({
      account: z.string().nullable(),
      bucket: z.string(),
      from: instantSchema,
      to: instantSchema,
      refused: z.int(),
    }),
  ),
  afterEnd: z.array(
    z.object({
      account: z.string().nullable(),
      bucket: z.string(),
      endedAt: instantSchema,
      requests: z.int(),
      allowed: z.int(),
      lastAt: instantSchema,
    }),
  ),
});
export type Patterns = z.infer<typeof patternsSchema>;

export const rhythmInput = z.object({
  network: networkSchema,
  bucket: bucketIdSchema.nullish(),
  node: nodeKeySchema.nullish(),
});
export type RhythmInput = z.output<typeof rhythmInput>;
/** `hours[weekday][hour]`, Monday first, UTC; mean requests an hour over the weeks; null = no such hour yet. */
export const rhythmSchema = z.object({ hours: z.array(z.array(z.number().nullable())), weeks: z.int() });
export type Rhythm = z.infer<typeof rhythmSchema>;
