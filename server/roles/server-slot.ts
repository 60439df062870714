import { randomUUID } from "node:crypto";
import { callTRPCProcedure } from "@trpc/server";
import type { ServerSlot } from "../../app/_client/server-slot.ts";
import type { Logger } from "../ports/logger.ts";
import { requestCtx, type Surroundings } from "../trpc/context.ts";
import { appRouter, createCaller } from "../trpc/root.ts";

/** What server components reach through globalThis (app/_client/server-slot.ts), with the session of their request. */
export function serverSlotOf(around: Surroundings, log: Logger): ServerSlot {
  const ctxOf = (headers: Headers) => {
    const requestId = headers.get("x-request-id") ?? randomUUID();
    return requestCtx(around, { headers, requestId, address: null, log: log.child({ requestId }) });
  };
  return {
    findActor: (headers) => around.sessions.findActor(headers),
    callerFor: async (headers) => {
      const ctx = await ctxOf(headers);
      return ctx.actor ? createCaller(ctx) : null;
    },
    signInWays: () => ({
      providerName: around.deps.identityProvider?.name ?? null,
      sendsMail: around.deps.mailer.isConfigured,
    }),
    query: async (headers, path, input) =>
      callTRPCProcedure({
        router: appRouter,
        path,
        ctx: await ctxOf(headers),
        getRawInput: async () => input,
        type: "query",
        signal: undefined,
        batchIndex: 0,
      }),
  };
}
