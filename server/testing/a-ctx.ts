import { randomUUID } from "node:crypto";
import type { Clock } from "../kernel/clock.ts";
import type { Actor, Grant, Role } from "../kernel/roles.ts";
import type { Ctx, Deps } from "../ports/ctx.ts";
import type { Database } from "../ports/database.ts";
import type { Logger } from "../ports/logger.ts";
import { aDeps } from "./a-deps.ts";
import { fakeClock } from "./fake-clock.ts";

export type CtxParts = {
  db: Database;
  role?: Role;
  /** Null = the role holds on all networks. */
  network?: string | null;
  actor?: Actor;
  deps?: Partial<Deps>;
  clock?: Clock;
};

/** What a verb gets, for a person with one role. */
export function aCtx({ db, role = "viewer", network = null, actor, deps, clock }: CtxParts): Ctx {
  return {
    actor: actor ?? aPerson([{ role, network, environment: null }]),
    db,
    deps: aDeps(deps),
    clock: clock ?? fakeClock(),
    log: silentLogger,
    requestId: randomUUID(),
    address: "127.0.0.1",
  };
}

export function viewerCtx(db: Database): Ctx {
  return aCtx({ db, role: "viewer" });
}

export function operatorCtx(db: Database): Ctx {
  return aCtx({ db, role: "operator" });
}

export function adminCtx(db: Database): Ctx {
  return aCtx({ db, role: "admin" });
}

/** Somebody nobody else is. */
export function aPerson(grants: readonly Grant[]): Extract<Actor, { kind: "person" }> {
  const id = randomUUID();
  const name = grants[0]?.role ?? "nobody";
  return {
    kind: "person",
    id,
    name: `A ${name}`,
    email: `${name}-${id}@test.local`,
    sessionId: randomUUID(),
    grants,
  };
}

export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLogger,
};
