import { notFound } from "../../kernel/errors.ts";
import { networkByName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { loadRoutes } from "./load-routes.ts";
import type { ListRoutesInput, Route } from "./schema.ts";

/** Who hears of what on a network. */
export async function listRoutes({ db }: Pick<Ctx, "db">, { network }: ListRoutesInput): Promise<Route[]> {
  const routes = await loadRoutes(db, networkByName(network).id);
  return routes.map(({ changedAt, ...route }) => ({ ...route, changedAt: changedAt.toISOString() }));
}

export async function requireRoute(
  ctx: Pick<Ctx, "db">,
  { network, id }: ListRoutesInput & { id: string },
): Promise<Route> {
  const route = (await listRoutes(ctx, { network })).find((candidate) => candidate.id === id);
  if (!route) throw notFound("route", id);
  return route;
}
