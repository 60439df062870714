import { unauthenticated } from "../../kernel/errors.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { type FramePass, openPass, sealPass } from "./frame-pass.ts";

export type EnterCtx = Pick<Ctx, "db" | "clock"> & { deps: Pick<Ctx["deps"], "vault"> };

const frameMs = 24 * 3_600_000;

/**
 * Takes a ticket for a frame's own cookie. A ticket works once, whichever replica it is shown to and however it is
 * written: what counts is the nonce inside, since one text of base64 has many spellings.
 */
export async function enterFrame(
  ctx: EnterCtx,
  { ticket, network }: { ticket: string; network: NetworkName },
): Promise<{ pass: FramePass; cookie: string }> {
  const { db, clock, deps } = ctx;
  const at = clock.now();
  const pass = openPass(deps.vault, "grafana ticket", { text: ticket, at });
  if (pass?.network !== network) throw unauthenticated();
  const [used] = await db.sql(
    `WITH over AS (DELETE FROM grafana_ticket WHERE until < $3)
     INSERT INTO grafana_ticket (nonce, until) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING nonce`,
    [pass.nonce, new Date(pass.until), at],
  );
  if (!used) throw unauthenticated();
  const { sessionId } = pass;
  const until = at.getTime() + frameMs;
  return { pass, cookie: sealPass(deps.vault, "grafana frame", { sessionId, network, until }) };
}
