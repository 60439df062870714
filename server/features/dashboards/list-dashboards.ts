import type { Ctx } from "../../ports/ctx.ts";
import { dashboards } from "./catalogue.ts";
import type { DashboardList } from "./schema.ts";

/** All dashboards that ship: a handful, so one page. */
export async function listDashboards(ctx: Ctx): Promise<DashboardList> {
  return {
    at: ctx.clock.now().toISOString(),
    rows: dashboards.map(({ uid, title, description, panels }) => ({
      uid,
      title,
      description,
      panels: panels.length,
    })),
    grafana: await ctx.deps.grafana.state(),
  };
}
