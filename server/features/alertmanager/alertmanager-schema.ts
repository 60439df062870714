import { z } from "zod";

// What Alertmanager sends and answers (webhook version 4; API v2, api/v2/openapi.yaml of prometheus/alertmanager).

const labelsSchema = z.record(z.string().max(200), z.string().max(10_000));
const instantSchema = z.iso.datetime({ offset: true });

const webhookAlertSchema = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: labelsSchema,
  annotations: labelsSchema.default({}),
  startsAt: instantSchema,
  /** Year 1 while it fires. */
  endsAt: instantSchema,
  generatorURL: z.string().max(10_000).default(""),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/, "A fingerprint is 16 hex digits."),
});

export const webhookSchema = z.object({
  version: z.literal("4"),
  receiver: z.string(),
  status: z.enum(["firing", "resolved"]),
  alerts: z.array(webhookAlertSchema).max(10_000),
  truncatedAlerts: z.int().min(0).default(0),
});

export const apiAlertsSchema = z.array(
  webhookAlertSchema.omit({ status: true }).extend({
    status: z.object({
      state: z.enum(["active", "suppressed", "unprocessed"]),
      silencedBy: z.array(z.string()).default([]),
    }),
  }),
);

export const apiMatcherSchema = z.object({
  name: z.string(),
  value: z.string(),
  isRegex: z.boolean(),
  isEqual: z.boolean().default(true),
});
export type ApiMatcher = z.infer<typeof apiMatcherSchema>;

export const apiSilencesSchema = z.array(
  z.object({
    id: z.string().max(100),
    status: z.object({ state: z.enum(["active", "pending", "expired"]) }),
    comment: z.string(),
    createdBy: z.string(),
    startsAt: instantSchema,
    endsAt: instantSchema,
    matchers: z.array(apiMatcherSchema).min(1),
  }),
);
export type ApiSilence = z.infer<typeof apiSilencesSchema>[number];
export const apiStatusSchema = z.object({ uptime: instantSchema });
export const createdSilenceSchema = z.object({ silenceID: z.string().min(1).max(100) });

export type ForeignAlert = Pick<
  z.infer<typeof webhookAlertSchema>,
  "status" | "labels" | "annotations" | "startsAt" | "endsAt" | "generatorURL" | "fingerprint"
> & {
  /** Ids, there, of the silences that hide it; null = it was not asked. */
  silencedBy: readonly string[] | null;
};
