import { router, viewerProcedure } from "../../trpc/init.ts";
import { getDashboard } from "./get-dashboard.ts";
import { getFrame } from "./get-frame.ts";
import { getPanel } from "./get-panel.ts";
import { listDashboards } from "./list-dashboards.ts";
import {
  dashboardDetailSchema,
  dashboardListSchema,
  frameSchema,
  getDashboardInput,
  getFrameInput,
  getPanelInput,
  listDashboardsInput,
  panelDataSchema,
} from "./schema.ts";

export const dashboardsRouter = router({
  list: viewerProcedure
    .input(listDashboardsInput)
    .output(dashboardListSchema)
    .query(({ ctx, input }) => listDashboards(ctx, input)),
  get: viewerProcedure
    .input(getDashboardInput)
    .output(dashboardDetailSchema)
    .query(({ ctx, input }) => getDashboard(ctx, input)),
  frame: viewerProcedure
    .input(getFrameInput)
    .output(frameSchema)
    .query(({ ctx, input }) => getFrame(ctx, input)),
  panel: viewerProcedure
    .input(getPanelInput)
    .output(panelDataSchema)
    .query(({ ctx, input }) => getPanel(ctx, input)),
});
