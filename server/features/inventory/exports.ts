import { z } from "zod";
import { pageBatches } from "../exports/page-batches.ts";
import { defineExport, type ExportCell, type ExportRow, parseQuery } from "../exports/source.ts";
import { networkSchema } from "../nodes/schema.ts";
import { listBuckets } from "./list-buckets.ts";
import { listObjects } from "./list-objects.ts";
import { bucketSorts, objectSorts } from "./list-rules.ts";
import {
  type BucketRow,
  bucketIdSchema,
  listBucketsInput,
  listObjectsInput,
  type ObjectRow,
} from "./schema.ts";

const batchRows = 500;

const exportBucketsQuery = z.object({
  network: networkSchema,
  text: z.string().optional(),
  owner: z.string().optional(),
  clusterId: z.string().optional(),
  visibility: z.string().optional(),
  isRemoved: z.enum(["true", "false", "any"]).optional(),
  isActive: z.enum(["true", "false"]).optional(),
  sort: z.enum(bucketSorts).optional(),
  order: z.enum(["asc", "desc"]).optional(),
});

/** Numbers of 64 bits stay text, and what is not known is an empty cell. */
const bucketColumns: Columns<BucketRow> = {
  bucket: (row) => row.bucket,
  owner: (row) => row.owner,
  cluster_id: (row) => row.clusterId,
  visibility: (row) => row.visibility,
  is_removed: (row) => row.isRemoved,
  created_at: (row) => row.createdAt,
  created_at_height: (row) => row.createdAtHeight,
  known_by: (row) => row.known.join(" "),
  objects: (row) => row.objects,
  requests: (row) => row.requests,
  read_bytes: (row) => row.readBytes,
  written_bytes: (row) => row.writtenBytes,
  first_seen: (row) => row.firstSeen,
  last_seen: (row) => row.lastSeen,
  requests_24h: (row) => row.requests24h,
  gets_24h: (row) => row.reads24h,
  puts_24h: (row) => row.writes24h,
  failures_24h: (row) => row.failures24h,
  read_bytes_24h: (row) => row.readBytes24h,
  written_bytes_24h: (row) => row.writtenBytes24h,
};

export const bucketsExport = defineExport({
  name: "buckets",
  about: "The buckets of a network, as the page filters them",
  role: "viewer",
  query: exportBucketsQuery,
  open: async (ctx, { isRemoved, isActive, ...query }) => {
    const input = parseQuery(listBucketsInput, {
      ...query,
      ...(isRemoved !== undefined && { isRemoved: isRemoved === "any" ? null : isRemoved === "true" }),
      isActive: isActive === "true",
      limit: batchRows,
    });
    const first = await listBuckets(ctx, input);
    return {
      fileName: `buckets-${input.network}`,
      title: `Buckets of ${input.network}`,
      columns: Object.keys(bucketColumns),
      total: first.summary && { rows: first.summary.matching, isEstimate: false },
      batches: pageBatches(
        async (cursor) => (cursor === null ? first : listBuckets(ctx, { ...input, cursor })),
        (row) => rowOf(bucketColumns, row),
      ),
    };
  },
});

const exportObjectsQuery = z.object({
  network: networkSchema,
  bucket: bucketIdSchema,
  text: z.string().optional(),
  known: z.string().optional(),
  sort: z.enum(objectSorts).optional(),
});

const objectColumns: Columns<ObjectRow> = {
  cid: (row) => row.cid,
  kind: (row) => row.kind,
  known_by: (row) => row.known.join(" "),
  size_bytes: (row) => row.sizeBytes,
  first_seen: (row) => row.firstSeen,
  last_seen: (row) => row.lastSeen,
  last_read: (row) => row.lastRead,
  gets: (row) => row.reads,
  puts: (row) => row.writes,
  not_found: (row) => row.notFound,
  aborted: (row) => row.aborted,
  failures: (row) => row.failures,
  read_bytes: (row) => row.readBytes,
};

export const bucketObjectsExport = defineExport({
  name: "bucket-objects",
  about: "The objects of a bucket that the console knows of",
  role: "viewer",
  query: exportObjectsQuery,
  open: async (ctx, query) => {
    const input = parseQuery(listObjectsInput, { ...query, limit: batchRows });
    return {
      fileName: `bucket-${input.network}-${input.bucket}`,
      title: `Objects of bucket ${input.bucket}`,
      columns: Object.keys(objectColumns),
      total: null,
      batches: pageBatches(
        (cursor) => listObjects(ctx, { ...input, cursor }),
        (row) => rowOf(objectColumns, row),
      ),
    };
  },
});

type Columns<Row> = Readonly<Record<string, (row: Row) => ExportCell>>;

function rowOf<Row>(columns: Columns<Row>, row: Row): ExportRow {
  return Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(row)]));
}
