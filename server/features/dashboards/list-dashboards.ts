import type { Ctx } from "../../ports/ctx.ts";
import { dashboards } from "./catalogue.ts";
import type { DashboardList, ListDashboardsInput } from "./schema.ts";

/** All dashboards that ship: a handful, so one page. */
export async function listDashboards(ctx: Ctx, { network }: ListDashboardsInput): Promise<DashboardList> {
  const { grafana } = ctx.deps;
  return {
    at: ctx.clock.now().toISOString(),
    rows: dashboards.map(({ uid, title, description, panels }) => ({
      uid,
      title,
      description,
      panels: panels.length,
    })),
    grafana: await grafana.state(),
    hasFrame: grafana.sites.some((site) => site.network === network),
  };
}
