import { unauthenticated } from "../kernel/errors.ts";
import type { Ctx } from "../ports/ctx.ts";
import { requestCtx, type Surroundings } from "../trpc/context.ts";
import { type Exchange, fetchHeaders } from "./exchange.ts";

/** Who asks a route that is not a procedure. Throws `unauthenticated` without a session. */
export async function signedInCtx(around: Surroundings, exchange: Exchange): Promise<Ctx> {
  const { request, requestId, address, log } = exchange;
  const caller = { headers: fetchHeaders(request), requestId, address, log };
  const { actor, ...rest } = await requestCtx(around, caller);
  if (actor === null) throw unauthenticated();
  return { ...rest, actor };
}
