import { text } from "node:stream/consumers";
import { type EnterCtx, enterFrame } from "../../features/dashboards/enter-frame.ts";
import { unauthenticated } from "../../kernel/errors.ts";
import type { GrafanaSite } from "../../ports/grafana.ts";
import type { Vault } from "../../ports/vault.ts";
import { judgeBody } from "../body-limit.ts";
import type { Exchange } from "../exchange.ts";
import { sendProblem } from "../problem.ts";
import { frameCookie } from "./frame-cookie.ts";
import type { FrameViewers } from "./frame-viewers.ts";

export type EnterDoor = Pick<EnterCtx, "db" | "clock"> & {
  vault: Vault;
  viewers: FrameViewers;
  baseUrl: URL;
};

const maxTicketBytes = 1_024;

/** The console's page brings its ticket here, in a body, and its browser leaves with this host's cookie. */
export async function answerEnter(
  { db, clock, vault, viewers, baseUrl }: EnterDoor,
  { network, origin }: GrafanaSite,
  { request, response }: Exchange,
): Promise<void> {
  if (request.headers.origin !== baseUrl.origin)
    return sendProblem(response, 403, "Only the console's own pages open a frame.");
  response.setHeader("access-control-allow-origin", baseUrl.origin);
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("cross-origin-resource-policy", "cross-origin");
  response.setHeader("vary", "origin");
  if (request.method !== "POST") return sendProblem(response, 405, "A ticket is sent with POST.");
  const size = judgeBody(request.headers, { maxBodyBytes: maxTicketBytes });
  if (size.kind === "refused") return sendProblem(response, size.status, size.detail);
  const ticket = await text(request);
  const { pass, cookie } = await enterFrame({ db, clock, deps: { vault } }, { ticket, network });
  const viewer = await viewers.findBySession(pass.sessionId, network);
  if (!viewer) throw unauthenticated();
  response.statusCode = 204;
  response.setHeader("set-cookie", frameCookie(origin, cookie));
  response.end();
}
