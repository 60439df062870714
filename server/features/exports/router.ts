import { z } from "zod";
import { ownProcedure, router } from "../../trpc/init.ts";
import { cancelExport } from "./cancel-export.ts";
import { listExports } from "./list-exports.ts";
import { removeExport } from "./remove-export.ts";
import { exportIdInput, exportJobSchema, startExportInput } from "./schema.ts";
import { startExport } from "./start-export.ts";

/** The caller's own jobs. What may be exported is asked of the source, which names its role. */
export const exportsRouter = router({
  list: ownProcedure.output(z.array(exportJobSchema)).query(({ ctx }) => listExports(ctx)),
  start: ownProcedure
    .meta({ audit: "export.start" })
    .input(startExportInput)
    .output(exportJobSchema)
    .mutation(({ ctx, input }) => startExport(ctx, input)),
  cancel: ownProcedure
    .meta({ audit: "export.cancel" })
    .input(exportIdInput)
    .output(exportJobSchema)
    .mutation(({ ctx, input }) => cancelExport(ctx, input)),
  remove: ownProcedure
    .meta({ audit: "export.remove" })
    .input(exportIdInput)
    .output(exportIdInput)
    .mutation(({ ctx, input }) => removeExport(ctx, input)),
});
