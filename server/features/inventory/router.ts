import { router, viewerProcedure } from "../../trpc/init.ts";
import { getBucket } from "./get-bucket.ts";
import { getBucketHistory } from "./get-bucket-history.ts";
import { getPiece } from "./get-piece.ts";
import { listBuckets } from "./list-buckets.ts";
import { listObjects } from "./list-objects.ts";
import { newestOfBucket, newestOfPiece } from "./read-newest.ts";
import {
  bucketDetailSchema,
  bucketHistoryInput,
  bucketHistorySchema,
  bucketInput,
  bucketPageSchema,
  listBucketsInput,
  listObjectsInput,
  newestSchema,
  objectPageSchema,
  pieceDetailSchema,
  pieceInput,
} from "./schema.ts";

export const inventoryRouter = router({
  buckets: viewerProcedure
    .input(listBucketsInput)
    .output(bucketPageSchema)
    .query(({ ctx, input }) => listBuckets(ctx, input)),
  bucket: viewerProcedure
    .input(bucketInput)
    .output(bucketDetailSchema)
    .query(({ ctx, input }) => getBucket(ctx, input)),
  bucketHistory: viewerProcedure
    .input(bucketHistoryInput)
    .output(bucketHistorySchema)
    .query(({ ctx, input }) => getBucketHistory(ctx, input)),
  bucketNewest: viewerProcedure
    .input(bucketInput)
    .output(newestSchema)
    .query(({ ctx, input }) => newestOfBucket(ctx, input)),
  objects: viewerProcedure
    .input(listObjectsInput)
    .output(objectPageSchema)
    .query(({ ctx, input }) => listObjects(ctx, input)),
  piece: viewerProcedure
    .input(pieceInput)
    .output(pieceDetailSchema)
    .query(({ ctx, input }) => getPiece(ctx, input)),
  pieceNewest: viewerProcedure
    .input(pieceInput)
    .output(newestSchema)
    .query(({ ctx, input }) => newestOfPiece(ctx, input)),
});
