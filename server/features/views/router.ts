import { ownProcedure, router } from "../../trpc/init.ts";
import { deleteView } from "./delete-view.ts";
import { listViews } from "./list-views.ts";
import { saveView } from "./save-view.ts";
import * as schema from "./schema.ts";
import { updateView } from "./update-view.ts";

export const viewsRouter = router({
  list: ownProcedure.output(schema.savedViewsSchema).query(({ ctx }) => listViews(ctx)),
  save: ownProcedure
    .meta({ audit: "view.save" })
    .input(schema.saveViewInput)
    .output(schema.savedViewsSchema)
    .mutation(({ ctx, input }) => saveView(ctx, input)),
  update: ownProcedure
    .meta({ audit: "view.update" })
    .input(schema.updateViewInput)
    .output(schema.savedViewsSchema)
    .mutation(({ ctx, input }) => updateView(ctx, input)),
  delete: ownProcedure
    .meta({ audit: "view.delete" })
    .input(schema.viewInput)
    .output(schema.savedViewsSchema)
    .mutation(({ ctx, input }) => deleteView(ctx, input)),
});
