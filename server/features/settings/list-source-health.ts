import type { Ctx } from "../../ports/ctx.ts";
import { isAllowed } from "../identity/rules.ts";
import { listSources } from "../registry/list-sources.ts";
import type { Sources } from "./schema.ts";

/** Every indexer family of every network that the person may see: how far it is, and why it is not read. */
export async function listSourceHealth(ctx: Pick<Ctx, "actor" | "db" | "clock">): Promise<Sources> {
  const indexers = await listSources(ctx, { network: null });
  return {
    at: ctx.clock.now().toISOString(),
    indexers: indexers.filter(({ network }) =>
      isAllowed(ctx.actor, "viewer", { network, environment: null }),
    ),
  };
}
