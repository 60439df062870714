import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { severities } from "../alerts/schema.ts";

// Times are RFC 3339 UTC, …Ms milliseconds; ids are 64-bit integers and so strings, those of deliveries are UUIDs.

export const receiverKinds = ["webhook", "slack", "email", "pagerduty"] as const;
export type ReceiverKind = (typeof receiverKinds)[number];
export const changes = ["firing", "acknowledged", "resolved"] as const;
/** What of an alert a receiver is told. */
export type Change = (typeof changes)[number];
export const groupings = ["alert", "rule", "subject", "network"] as const;
/** Changes of alerts that share this are told in one message. */
export type Grouping = (typeof groupings)[number];

const networkSchema = z.enum(networkNames);
const instantSchema = z.iso.datetime();
const idSchema = z.string().regex(/^[1-9]\d{0,17}$/, "An id is a whole number.");
const textOf = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^[^\0]*$/);
const nameSchema = textOf(80).min(1);
const urlSchema = z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).max(2_000);
const cursorSchema = z.string().max(400).nullish();

/** Write-only: it is stored encrypted and never given back. */
export const targetSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), url: urlSchema }),
  z.object({ kind: z.literal("slack"), url: urlSchema }),
  z.object({ kind: z.literal("email"), to: z.array(z.email().max(200)).min(1).max(20) }),
  z.object({
    kind: z.literal("pagerduty"),
    url: urlSchema.default("https://events.pagerduty.com/v2/enqueue"),
    routingKey: textOf(100).min(1),
  }),
]);
export type Target = z.output<typeof targetSchema>;

export const receiverSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(receiverKinds),
  /** What may be seen of its address. */
  shown: z.string(),
  isEnabled: z.boolean(),
  changedAt: instantSchema,
  changedBy: z.string(),
  /** Routes that lead to it, on all networks. */
  routes: z.int(),
  waiting: z.int(),
  /** The last one that ended; null = none did. */
  last: z
    .object({ state: z.enum(["delivered", "failed"]), at: instantSchema, answer: z.string().nullable() })
    .nullable(),
});
export type Receiver = z.infer<typeof receiverSchema>;
export const receiversSchema = z.array(receiverSchema);
export const listReceiversInput = z.object({ network: networkSchema });

export const createReceiverInput = z.object({ name: nameSchema, target: targetSchema });
export type CreateReceiverInput = z.output<typeof createReceiverInput>;
export const createdReceiverSchema = z.object({
  id: idSchema,
  /** Of a webhook: the key that signs, shown this once. */
  signingSecret: z.string().nullable(),
});
export type CreatedReceiver = z.infer<typeof createdReceiverSchema>;
export const updateReceiverInput = z.object({
  id: idSchema,
  name: nameSchema.optional(),
  isEnabled: z.boolean().optional(),
  /** Replaces the address and, of a webhook, makes a new key. */
  target: targetSchema.optional(),
});
export type UpdateReceiverInput = z.output<typeof updateReceiverInput>;
export const deleteReceiverInput = z.object({ id: idSchema });
export const deletedSchema = z.object({ deleted: idSchema });

export const matcherSchema = z.object({
  label: z
    .string()
    .max(80)
    .regex(/^[a-zA-Z_][\w]*$/, "A label is letters, digits and _."),
  isEqual: z.boolean(),
  /** `*` stands for anything. */
  pattern: textOf(200).min(1),
});
export type Matcher = z.infer<typeof matcherSchema>;

const dayMs = 86_400_000;
export const routeDefinitionSchema = z.object({
  isEnabled: z.boolean().default(true),
  /** Empty = all. */
  severities: z.array(z.enum(severities)).max(severities.length).default([]),
  /** All of them must hold. */
  matchers: z.array(matcherSchema).max(10).default([]),
  groupBy: z.enum(groupings).default("subject"),
  /** How long the first change of a group waits for others. */
  waitMs: z.int().min(0).max(3_600_000).default(10_000),
  /** The least time between two messages about one group. */
  everyMs: z.int().min(0).max(dayMs).default(60_000),
  tellsResolved: z.boolean().default(true),
  /** Null = the built-in wording. */
  titleTemplate: textOf(300).min(1).nullable().default(null),
  lineTemplate: textOf(1_000).min(1).nullable().default(null),
});
export type RouteDefinition = z.output<typeof routeDefinitionSchema>;

export const routeSchema = z.object({
  id: idSchema,
  name: z.string(),
  receiver: z.object({ id: idSchema, name: z.string(), kind: z.enum(receiverKinds), isEnabled: z.boolean() }),
  definition: routeDefinitionSchema,
  revision: z.int(),
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type Route = z.infer<typeof routeSchema>;
export const routesSchema = z.array(routeSchema);
export const listRoutesInput = z.object({ network: networkSchema });
export type ListRoutesInput = z.output<typeof listRoutesInput>;
const routeFields = {
  network: networkSchema,
  name: nameSchema,
  receiver: idSchema,
  definition: routeDefinitionSchema,
};
export const createRouteInput = z.object(routeFields);
export type CreateRouteInput = z.output<typeof createRouteInput>;
export const updateRouteInput = z.object({ ...routeFields, id: idSchema, revision: z.int().min(1) });
export type UpdateRouteInput = z.output<typeof updateRouteInput>;
export const deleteRouteInput = z.object({ network: networkSchema, id: idSchema });
export type DeleteRouteInput = z.output<typeof deleteRouteInput>;

export const previewRouteInput = z.object({ network: networkSchema, definition: routeDefinitionSchema });
export type PreviewRouteInput = z.output<typeof previewRouteInput>;
export const routePreviewSchema = z.object({
  title: z.string(),
  text: z.string(),
  /** Made of an alert that is or was there; null = an invented one. */
  sample: z.string().nullable(),
  /** Alerts of the last 7 days, and those of them that fit. */
  fired: z.int(),
  fits: z.int(),
});
export type RoutePreview = z.infer<typeof routePreviewSchema>;

export const deliverySchema = z.object({
  id: z.uuid(),
  receiver: z.string(),
  kind: z.enum(receiverKinds),
  route: z.string(),
  title: z.string(),
  alerts: z.array(z.object({ id: idSchema, change: z.enum(changes), title: z.string() })),
  state: z.enum(["waiting", "sending", "delivered", "failed"]),
  attempts: z.int(),
  madeAt: instantSchema,
  /** Of one that waits: when it is tried next. */
  nextAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  status: z.int().nullable(),
  answer: z.string().nullable(),
  tookMs: z.number().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const listDeliveriesInput = z.object({
  network: networkSchema,
  state: z.enum(["open", "delivered", "failed"]).optional(),
  cursor: cursorSchema,
  limit: z.int().min(1).max(200).default(50),
});
export type ListDeliveriesInput = z.output<typeof listDeliveriesInput>;
export const deliveryPageSchema = z.object({ rows: z.array(deliverySchema), next: z.string().nullable() });
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;
export const retryDeliveryInput = z.object({ network: networkSchema, id: z.uuid() });
export type RetryDeliveryInput = z.output<typeof retryDeliveryInput>;
export const testRouteInput = z.object({ network: networkSchema, id: idSchema });
export type TestRouteInput = z.output<typeof testRouteInput>;

export const explainAlertInput = z.object({ network: networkSchema, id: idSchema });
export type ExplainAlertInput = z.output<typeof explainAlertInput>;
/** Why each route told its receiver of an alert, or did not. */
export const explanationSchema = z.array(
  z.object({
    route: z.string(),
    receiver: z.string(),
    isTold: z.boolean(),
    why: z.string(),
    messages: z.array(
      z.object({
        change: z.enum(changes),
        at: instantSchema,
        state: z.enum(["waiting", "sending", "delivered", "failed", "held", "dropped"]),
        detail: z.string().nullable(),
        tookMs: z.number().nullable(),
      }),
    ),
  }),
);
export type Explanation = z.infer<typeof explanationSchema>;

export const notifyHealthInput = z.object({ network: networkSchema });
export const notifyHealthSchema = z.object({
  waiting: z.int(),
  failedLastDay: z.int(),
  /** Why notifications do not go out; null = they do. */
  stuck: z.string().nullable(),
});
export type NotifyHealth = z.infer<typeof notifyHealthSchema>;

/** What one message says; the same to every kind of receiver, which each words in its own form. */
export const contentSchema = z.object({
  network: networkSchema,
  title: z.string(),
  text: z.string(),
  link: z.string(),
  isTest: z.boolean(),
  alerts: z.array(
    z.object({
      id: z.string(),
      change: z.enum(changes),
      title: z.string(),
      detail: z.string(),
      subject: z.string(),
      severity: z.enum(severities),
      labels: z.record(z.string(), z.string()),
      firedAt: instantSchema.nullable(),
      at: instantSchema,
      link: z.string(),
    }),
  ),
});
export type Content = z.infer<typeof contentSchema>;
