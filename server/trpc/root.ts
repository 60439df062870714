import { auditRouter } from "../features/audit/router.ts";
import { identityRouter } from "../features/identity/router.ts";
import { createCallerFactory, router } from "./init.ts";

export const appRouter = router({ audit: auditRouter, identity: identityRouter });

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
