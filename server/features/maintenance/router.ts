import { operatorProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { createMaintenance } from "./create-maintenance.ts";
import { endMaintenance } from "./end-maintenance.ts";
import { listMaintenance } from "./list-maintenance.ts";
import { listRunning } from "./list-running.ts";
import { previewMaintenance } from "./preview-maintenance.ts";
import * as schema from "./schema.ts";
import { updateMaintenance } from "./update-maintenance.ts";

export const maintenanceRouter = router({
  list: viewerProcedure
    .input(schema.listMaintenanceInput)
    .output(schema.maintenancePageSchema)
    .query(({ ctx, input }) => listMaintenance(ctx, input)),
  running: viewerProcedure
    .input(schema.listRunningInput)
    .output(schema.runningSchema)
    .query(({ ctx, input }) => listRunning(ctx, input)),
  preview: viewerProcedure
    .input(schema.previewMaintenanceInput)
    .output(schema.maintenancePreviewSchema)
    .query(({ ctx, input }) => previewMaintenance(ctx, input)),
  create: operatorProcedure
    .meta({ audit: "maintenance.create" })
    .input(schema.createMaintenanceInput)
    .output(schema.maintenanceSchema)
    .mutation(({ ctx, input }) => createMaintenance(ctx, input)),
  update: operatorProcedure
    .meta({ audit: "maintenance.update" })
    .input(schema.updateMaintenanceInput)
    .output(schema.maintenanceSchema)
    .mutation(({ ctx, input }) => updateMaintenance(ctx, input)),
  end: operatorProcedure
    .meta({ audit: "maintenance.end" })
    .input(schema.endMaintenanceInput)
    .output(schema.maintenanceSchema)
    .mutation(({ ctx, input }) => endMaintenance(ctx, input)),
});
