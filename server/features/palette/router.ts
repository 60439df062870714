import { router, viewerProcedure } from "../../trpc/init.ts";
import { paletteAnswerSchema, paletteInput } from "./schema.ts";
import { searchPalette } from "./search-palette.ts";

export const paletteRouter = router({
  search: viewerProcedure
    .input(paletteInput)
    .output(paletteAnswerSchema)
    .query(({ ctx, input }) => searchPalette(ctx, input)),
});
