import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { inhibitorSchema } from "../alerts/schema.ts";

export const notificationKinds = ["alert", "export", "session", "invitation"] as const;
export const notificationTones = ["ok", "info", "warn", "crit"] as const;

/** Ids are 64-bit integers and so strings. */
const idSchema = z.string().regex(/^[1-9]\d{0,17}$/, "A notification's id is a whole number.");

export const notificationSchema = z.object({
  id: idSchema,
  kind: z.enum(notificationKinds),
  tone: z.enum(notificationTones),
  title: z.string(),
  detail: z.string(),
  /** An address of this console; null where there is nothing to open. */
  href: z.string().nullable(),
  at: z.iso.datetime(),
  isRead: z.boolean(),
});
export type NotificationRow = z.output<typeof notificationSchema>;

export const notificationPageSchema = z.object({
  rows: z.array(notificationSchema),
  next: z.string().nullable(),
});

export const listNotificationsInput = z.object({
  cursor: z.string().max(400).nullish(),
  limit: z.int().min(1).max(100).default(30),
});
export type ListNotificationsInput = z.output<typeof listNotificationsInput>;

export const explainBellInput = z.object({ network: z.enum(networkNames), id: idSchema });
export type ExplainBellInput = z.output<typeof explainBellInput>;
/** `at` is when it rang; `why` a clause for a person; `inhibitedBy` the alert that holds it back. */
export const bellVerdictSchema = z.object({
  hasRung: z.boolean(),
  at: z.iso.datetime().nullable(),
  why: z.string(),
  inhibitedBy: inhibitorSchema.nullable(),
});
export type BellVerdict = z.output<typeof bellVerdictSchema>;

export const unreadSchema = z.object({ unread: z.int() });
export type Unread = z.output<typeof unreadSchema>;

/** One, or all up to and with `upTo`: what came meanwhile stays unread. */
export const markReadInput = z.union([z.object({ id: idSchema }), z.object({ upTo: idSchema })]);
export type MarkReadInput = z.output<typeof markReadInput>;
