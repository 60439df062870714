import { router, viewerProcedure } from "../../trpc/init.ts";
import { getPatterns } from "./get-patterns.ts";
import { getRhythm } from "./get-rhythm.ts";
import { listRecords } from "./list-records.ts";
import {
  accessFilterInput,
  listRecordsInput,
  patternsSchema,
  recordPageSchema,
  rhythmInput,
  rhythmSchema,
} from "./schema.ts";

export const accessRouter = router({
  list: viewerProcedure
    .input(listRecordsInput)
    .output(recordPageSchema)
    .query(({ ctx, input }) => listRecords(ctx, input)),
  patterns: viewerProcedure
    .input(accessFilterInput)
    .output(patternsSchema)
    .query(({ ctx, input }) => getPatterns(ctx, input)),
  rhythm: viewerProcedure
    .input(rhythmInput)
    .output(rhythmSchema)
    .query(({ ctx, input }) => getRhythm(ctx, input)),
});
