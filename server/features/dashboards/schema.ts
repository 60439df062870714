import { z } from "zod";
import { figureSchema, instantSchema, networkSchema, rangeInput } from "../nodes/schema.ts";

/** As Grafana takes it: letters, digits, - and _, at most 40. */
export const dashboardUidSchema = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,40}$/, "A dashboard's uid is 1 to 40 letters, digits, - and _.");

export const panelForms = ["timeseries", "stat", "table"] as const;

/** What a panel is and where it stands; `grid` counts columns of 24, as Grafana does. */
export const panelSchema = z.object({
  id: z.int(),
  form: z.enum(panelForms),
  title: z.string(),
  description: z.string().nullable(),
  /** Grafana's name of it: ops, ms, bytes, Bps, bps, percentunit, cps, none. */
  unit: z.string(),
  decimals: z.int().nullable(),
  isStacked: z.boolean(),
  max: z.number().nullable(),
  limit: z.number().nullable(),
  grid: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  /** The stored question, with its macros. */
  rawSql: z.string(),
});
export type Panel = z.infer<typeof panelSchema>;

export const variableSchema = z.object({ name: z.string(), label: z.string(), query: z.string() });
export type Variable = z.infer<typeof variableSchema>;

export const dashboardSchema = z.object({
  uid: dashboardUidSchema,
  title: z.string(),
  description: z.string(),
  /** Below deploy/grafana. */
  file: z.string(),
  panels: z.array(panelSchema),
  variables: z.array(variableSchema),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

/** Grafana itself: not configured, answering, or away since when and why. */
export const grafanaStateSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("absent") }),
  z.object({ kind: z.literal("up"), version: z.string().nullable(), checkedAt: instantSchema }),
  z.object({
    kind: z.literal("down"),
    reason: z.string(),
    since: instantSchema,
    tries: z.int(),
    checkedAt: instantSchema,
  }),
]);
export type GrafanaState = z.infer<typeof grafanaStateSchema>;

export const getFrameInput = z.object({ network: networkSchema });
export type GetFrameInput = z.output<typeof getFrameInput>;
/** Where this network's Grafana is shown and the one-time way in, or why the console draws the panels itself. */
export const frameSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("own"), why: z.enum(["absent", "away", "machine"]) }),
  z.object({
    kind: z.literal("frame"),
    origin: z.string(),
    /** The only origin whose pages may show it. */
    home: z.string(),
    ticket: z.string(),
  }),
]);
export type Frame = z.infer<typeof frameSchema>;

export const listDashboardsInput = z.object({ network: networkSchema });
export type ListDashboardsInput = z.output<typeof listDashboardsInput>;
export const dashboardListSchema = z.object({
  at: instantSchema,
  rows: z.array(
    z.object({ uid: dashboardUidSchema, title: z.string(), description: z.string(), panels: z.int() }),
  ),
  grafana: grafanaStateSchema,
  /** Grafana has an organisation and a host name for this network. */
  hasFrame: z.boolean(),
});
export type DashboardList = z.infer<typeof dashboardListSchema>;

export const getDashboardInput = z.object({ network: networkSchema, uid: dashboardUidSchema });
export type GetDashboardInput = z.output<typeof getDashboardInput>;
export const dashboardDetailSchema = dashboardSchema.extend({
  at: instantSchema,
  variables: z.array(variableSchema.extend({ options: z.array(z.string()) })),
});
export type DashboardDetail = z.infer<typeof dashboardDetailSchema>;

export const getPanelInput = getDashboardInput.extend(rangeInput.shape).extend({
  panelId: z.int().min(1).max(10_000),
  /** Chosen values by variable; a variable that is not named has all its values. */
  variables: z
    .record(z.string().regex(/^\w{1,40}$/), z.array(z.string().max(200)).min(1).max(200))
    .default({}),
});
export type GetPanelInput = z.output<typeof getPanelInput>;

export const panelDataSchema = z.object({
  at: instantSchema,
  /** How long PostgreSQL took. */
  tookMs: z.number(),
  answer: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("series"),
      start: instantSchema,
      stepMs: z.int(),
      points: z.int(),
      series: z.array(z.object({ label: z.string(), values: z.array(figureSchema) })),
      /** Series that are not drawn, because there are too many. */
      left: z.int(),
    }),
    /** Text where it must stay exact. */
    z.object({ kind: z.literal("value"), value: z.union([z.number(), z.string()]).nullable() }),
    z.object({
      kind: z.literal("table"),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string().nullable())),
    }),
  ]),
});
export type PanelData = z.infer<typeof panelDataSchema>;
