import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { isAllowed } from "../features/identity/rules.ts";
import { type AppError, type ErrorCode, forbidden, isAppError, unauthenticated } from "../kernel/errors.ts";
import type { Role } from "../kernel/roles.ts";
import type { Ctx } from "../ports/ctx.ts";

/** A request before anybody is known; `actor` is null without a session. */
export type RequestCtx = Omit<Ctx, "actor"> & { actor: Ctx["actor"] | null };

/** Every procedure names the role it needs; every mutation names its audit action. A test walks the router for both. */
export type ProcedureMeta = { role: Role; audit?: string };

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
    transformer: superjson,
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

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const guarded = t.procedure.use(async ({ ctx, meta, getRawInput, next, path, type }) => {
  if (!ctx.actor) throw asTrpcError(unauthenticated());
  if (!meta) throw new Error(`${path} names no role`);
  const scope = scopeOf(await getRawInput());
  if (!isAllowed(ctx.actor, meta.role, scope)) throw asTrpcError(forbidden(meta.role));
  const result = await next({ ctx: { ...ctx, actor: ctx.actor } });
  if (result.ok) return result;
  const cause = result.error.cause;
  if (isAppError(cause)) throw asTrpcError(cause);
  if (result.error.code === "INTERNAL_SERVER_ERROR")
    ctx.log.error({ err: cause, path, type }, "procedure failed");
  return result;
});

export const viewerProcedure = guarded.meta({ role: "viewer" });
export const operatorProcedure = guarded.meta({ role: "operator" });
export const developerProcedure = guarded.meta({ role: "developer" });
export const auditorProcedure = guarded.meta({ role: "auditor" });
export const adminProcedure = guarded.meta({ role: "admin" });

function asTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
}

/** By convention an input that is bound to a network or environment carries it under that name. */
function scopeOf(input: unknown): { network: string | null; environment: string | null } {
  const record = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return { network: text(record.network), environment: text(record.environment) };
}
