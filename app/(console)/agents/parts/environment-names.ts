import type { Environment } from "../../../../server/features/deployments/schema.ts";

/** In the order in which a version passes through them. */
export const environmentNames = ["dev", "staging", "prod"] as const satisfies readonly Environment[];
