import { z } from "zod";
import { instantSchema } from "../nodes/schema.ts";

const amountSchema = z.string().regex(/^\d+$/);

/** Deposits and charges of whole hours. Amounts are base units (10 decimals) as decimal strings. */
export const economicsWindowSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("known"),
    /** The hours that the window touches, whole. */
    from: instantSchema,
    to: instantSchema,
    deposited: amountSchema,
    deposits: z.int(),
    charged: amountSchema,
    charges: z.int(),
    /** Accounts that were charged. */
    chargedAccounts: z.int(),
    /** Why rewards and fees are not beside it, and what else the source leaves out. */
    caveats: z.array(z.string()),
  }),
  z.object({ state: z.literal("absent"), why: z.string() }),
]);
export type EconomicsWindow = z.infer<typeof economicsWindowSchema>;
