import type { Ctx } from "../../ports/ctx.ts";
import { sealPass } from "./frame-pass.ts";
import type { Frame, GetFrameInput } from "./schema.ts";

const ticketMs = 30_000;

/** The way into this network's Grafana for one page, or why the console draws the panels itself. Changes nothing. */
export async function getFrame(ctx: Ctx, { network }: GetFrameInput): Promise<Frame> {
  const { grafana, vault, self } = ctx.deps;
  const state = await grafana.state();
  const site = grafana.sites.find((one) => one.network === network);
  if (state.kind === "absent" || !site) return { kind: "own", why: "absent" };
  if (state.kind === "down") return { kind: "own", why: "away" };
  if (ctx.actor.kind !== "person") return { kind: "own", why: "machine" };
  const until = ctx.clock.now().getTime() + ticketMs;
  const ticket = sealPass(vault, "grafana ticket", { sessionId: ctx.actor.sessionId, network, until });
  return { kind: "frame", origin: site.origin, home: new URL(self.baseUrl).origin, ticket };
}
