import type { TokenGate } from "../features/tokens/token-gate.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Actor } from "../kernel/roles.ts";
import type { Deps } from "../ports/ctx.ts";
import type { Database } from "../ports/database.ts";
import type { Logger } from "../ports/logger.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { RequestCtx } from "./init.ts";

export type Surroundings = { db: Database; deps: Deps; sessions: Sessions; tokens: TokenGate; clock: Clock };

/** What the edge knows about a request before anybody asked who it is. */
export type Caller = { headers: Headers; requestId: string; address: string | null; log: Logger };

export async function requestCtx(around: Surroundings, caller: Caller): Promise<RequestCtx> {
  const actor = await findActor(around, caller);
  return {
    actor,
    db: around.db,
    deps: around.deps,
    clock: around.clock,
    log: actor ? caller.log.child({ actorId: actor.id }) : caller.log,
    requestId: caller.requestId,
    address: caller.address,
  };
}

/** Who sends a bearer token is judged by it alone, also where a cookie came along. */
function findActor({ sessions, tokens }: Surroundings, caller: Caller): Promise<Actor | null> {
  const { headers, address, requestId } = caller;
  const authorization = headers.get("authorization");
  if (!authorization || !/^bearer /i.test(authorization)) return sessions.findActor(headers);
  return tokens.admit({ authorization, address, requestId }, "read");
}
