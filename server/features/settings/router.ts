import { adminProcedure, router, viewerProcedure } from "../../trpc/init.ts";
import { getRetention } from "./get-retention.ts";
import { listAlertSources } from "./list-alert-sources.ts";
import { listBindingHealth } from "./list-binding-health.ts";
import { listMonitoring } from "./list-monitoring.ts";
import { listSourceHealth } from "./list-source-health.ts";
import { previewRetention } from "./preview-retention.ts";
import * as schema from "./schema.ts";
import { setRetention } from "./set-retention.ts";

export const settingsRouter = router({
  sources: viewerProcedure.output(schema.sourcesSchema).query(({ ctx }) => listSourceHealth(ctx)),
  bindings: viewerProcedure.output(schema.bindingsHealthSchema).query(({ ctx }) => listBindingHealth(ctx)),
  alertSources: viewerProcedure.output(schema.alertSourcesSchema).query(({ ctx }) => listAlertSources(ctx)),
  monitoring: viewerProcedure.output(schema.monitoringSchema).query(({ ctx }) => listMonitoring(ctx)),
  retention: viewerProcedure.output(schema.retentionSchema).query(({ ctx }) => getRetention(ctx)),
  previewRetention: viewerProcedure
    .input(schema.previewRetentionInput)
    .output(schema.retentionPreviewSchema)
    .query(({ ctx, input }) => previewRetention(ctx, input)),
  setRetention: adminProcedure
    .meta({ audit: "settings.retention.changed" })
    .input(schema.setRetentionInput)
    .output(schema.retentionSchema)
    .mutation(({ ctx, input }) => setRetention(ctx, input)),
  configuration: adminProcedure
    .output(schema.configurationSchema)
    .query(({ ctx }) => [...ctx.deps.self.configuration]),
});
