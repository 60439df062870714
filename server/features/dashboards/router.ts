import { router, viewerProcedure } from "../../trpc/init.ts";
import { getDashboard } from "./get-dashboard.ts";
import { getPanel } from "./get-panel.ts";
import { listDashboards } from "./list-dashboards.ts";
import {
  dashboardDetailSchema,
  dashboardListSchema,
  getDashboardInput,
  getPanelInput,
  listDashboardsInput,
  panelDataSchema,
} from "./schema.ts";

export const dashboardsRouter = router({
  list: viewerProcedure
    .input(listDashboardsInput)
    .output(dashboardListSchema)
    .query(({ ctx }) => listDashboards(ctx)),
  get: viewerProcedure
    .input(getDashboardInput)
    .output(dashboardDetailSchema)
    .query(({ ctx, input }) => getDashboard(ctx, input)),
  panel: viewerProcedure
    .input(getPanelInput)
    .output(panelDataSchema)
    .query(({ ctx, input }) => getPanel(ctx, input)),
});
