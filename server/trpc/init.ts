import { type AnyProcedure, initTRPC, TRPCError } from "@trpc/server";
import { recordRefusal } from "../features/identity/record-refusal.ts";
import { isAllowed, scopeOf } from "../features/identity/rules.ts";
import { refuseToken } from "../features/tokens/refuse-token.ts";
import { refusalOfCall } from "../features/tokens/rules.ts";
import {
  type AppError,
  type ErrorCode,
  forbidden,
  invalid,
  isAppError,
  unauthenticated,
} from "../kernel/errors.ts";
import type { Role } from "../kernel/roles.ts";
import { withSpan } from "../kernel/with-span.ts";
import type { Ctx } from "../ports/ctx.ts";
import { holdsNul } from "./holds-nul.ts";
import { type Places, placesOf } from "./places.ts";

/** A request before anybody is known; `actor` is null without a session. */
export type RequestCtx = Omit<Ctx, "actor"> & { actor: Ctx["actor"] | null };

/**
 * Every procedure has a role (from the builders below); every mutation names its audit action. A test walks the router
 * for both; a mutation that changes no more than how one person finds their way says why it is left out. `own` marks the few that touch the caller's own account only: they need a session, no role.
 * `places` is filled in by `router`.
 */
export type ProcedureMeta = {
  role?: Role;
  /** Environments in which a developer may as well. */
  developerIn?: readonly string[];
  /** Who may not is kept in the audit log. */
  keepsRefusals?: true;
  audit?: string;
  unaudited?: string;
  own?: true;
  places?: Places;
};

const trpcCodes: Record<ErrorCode, TRPCError["code"]> = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  too_many: "TOO_MANY_REQUESTS",
  not_indexed: "PRECONDITION_FAILED",
  upstream: "BAD_GATEWAY",
  timeout: "TIMEOUT",
  internal: "INTERNAL_SERVER_ERROR",
};

const t = initTRPC
  .context<RequestCtx>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const cause = isAppError(error.cause) ? error.cause : null;
      const masked = cause === null && shape.data.httpStatus >= 500;
      return {
        ...shape,
        message: masked
          ? "Something failed on our side. The request id leads to it in the log."
          : shape.message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          appCode: cause?.code ?? null,
          details: cause?.details ?? {},
          requestId: ctx?.requestId ?? null,
        },
      };
    },
  });

/**
 * Mounts procedures and notes which places their inputs name: the guard believes `network` in an input only where the
 * schema has it, so that a key which the parser would drop cannot lend a scoped grant wider reach.
 */
export const router: typeof t.router = (routes) => {
  const built = t.router(routes);
  for (const procedure of Object.values<AnyProcedure>(built._def.procedures)) {
    const definition = procedure._def;
    definition.meta = Object.assign({}, definition.meta, { places: placesOf(definition.inputs) });
  }
  return built;
};
export const createCallerFactory = t.createCallerFactory;

const guarded = t.procedure.use(async ({ ctx, meta, getRawInput, next, path, type }) => {
  if (!ctx.actor) throw asTrpcError(unauthenticated());
  if (!meta?.role || !meta.places) throw new Error(`${path} names no role or is not mounted by router()`);
  const input = await getRawInput();
  if (holdsNul(input)) throw asTrpcError(invalid("Text must not hold the character U+0000."));
  const scope = scopeOf(input, meta.places.named);
  const known = { ...ctx, actor: ctx.actor };
  const isDeveloperHere = meta.developerIn?.includes(scope.environment ?? "") ?? false;
  const needed = isDeveloperHere && !isAllowed(ctx.actor, meta.role, scope) ? "developer" : meta.role;
  if (!meta.own && !isAllowed(ctx.actor, needed, scope)) {
    if (meta.keepsRefusals)
      await recordRefusal(known, { call: path, needed, environment: scope.environment });
    throw asTrpcError(forbidden(needed));
  }
  const refusal = ctx.actor.kind === "token" ? refusalOfCall({ type, isOwn: meta.own ?? false }) : null;
  if (refusal !== null) throw asTrpcError(await refuseToken(known, { path, reason: refusal }));
  const result = await withSpan(`trpc ${path}`, { "rpc.system": "trpc", "rpc.method": path }, () =>
    next({ ctx: known }),
  );
  if (result.ok) return result;
  const cause = result.error.cause;
  if (isAppError(cause)) throw asTrpcError(cause);
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    ctx.log.error({ err: cause, path, type }, "procedure failed");
  return result;
});

export const ownProcedure = guarded.meta({ role: "viewer", own: true });
export const viewerProcedure = guarded.meta({ role: "viewer" });
export const operatorProcedure = guarded.meta({ role: "operator" });
export const developerProcedure = guarded.meta({ role: "developer" });
export const auditorProcedure = guarded.meta({ role: "auditor" });
export const adminProcedure = guarded.meta({ role: "admin" });
/** Prod is the operators'; a developer has the environments before it. */
export const deployerProcedure = guarded.meta({
  role: "operator",
  developerIn: ["dev", "staging"],
  keepsRefusals: true,
});
/** What one operator proposes for prod and a second one decides. */
export const prodProcedure = guarded.meta({ role: "operator", keepsRefusals: true });

/** With the HTTP status of its code. */
export function asTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}
