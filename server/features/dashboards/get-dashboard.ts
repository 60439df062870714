import type { Ctx } from "../../ports/ctx.ts";
import { requireDashboard } from "./catalogue.ts";
import { listOptions } from "./list-options.ts";
import type { DashboardDetail, GetDashboardInput } from "./schema.ts";

export async function getDashboard(ctx: Ctx, { network, uid }: GetDashboardInput): Promise<DashboardDetail> {
  const dashboard = requireDashboard(uid);
  const variables = await Promise.all(
    dashboard.variables.map(async (variable) => ({
      ...variable,
      options: await listOptions(ctx, variable, network),
    })),
  );
  return { ...dashboard, at: ctx.clock.now().toISOString(), variables };
}
