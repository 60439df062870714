import { ownProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { listMarks } from "./list-marks.ts";
import { pinMark } from "./pin-mark.ts";
import { rememberMark } from "./remember-mark.ts";
import * as schema from "./schema.ts";
import { searchPalette } from "./search-palette.ts";

export const paletteRouter = router({
  search: viewerProcedure
    .input(schema.paletteInput)
    .output(schema.paletteAnswerSchema)
    .query(({ ctx, input }) => searchPalette(ctx, input)),
  marks: ownProcedure.output(schema.paletteMarksSchema).query(({ ctx }) => listMarks(ctx)),
  rememberMark: ownProcedure
    .meta({ unaudited: "not kept: what somebody opened changes nothing for others" })
    .input(schema.rememberMarkInput)
    .output(schema.paletteMarksSchema)
    .mutation(({ ctx, input }) => rememberMark(ctx, input)),
  pinMark: ownProcedure
    .meta({ audit: "palette.pin" })
    .input(schema.pinMarkInput)
    .output(schema.paletteMarksSchema)
    .mutation(({ ctx, input }) => pinMark(ctx, input)),
});
