import { z } from "zod";
import { networkNames } from "../../kernel/networks.ts";
import { directions, edgeKinds, grades, nodeKinds } from "./graph-rules.ts";
import { mostDepth } from "./limit-rules.ts";
import { runStates } from "./run-state.ts";

const network = z.enum(networkNames);
const instant = z.iso.datetime();
/** 64-bit ids are text. */
const nodeIdSchema = z.string().regex(/^\d{1,19}$/);
const momentSchema = z.string().max(40).nullish();
/** "<kind>:<key>", as in the address of the page. */
const rootSchema = z
  .string()
  .max(2_500)
  .regex(
    new RegExp(`^(${nodeKinds.join("|")}):`),
    `must begin with one of ${nodeKinds.join(", ")} and a colon`,
  );

const viewInput = z.object({
  network,
  root: rootSchema,
  asOf: momentSchema,
});

export const graphInput = viewInput.extend({
  depth: z.number().int().min(1).max(mostDepth).default(3),
  direction: z.enum(directions).default("both"),
  grades: z
    .array(z.enum(grades))
    .min(1)
    .default([...grades]),
  /** Nodes that somebody opened: more of their neighbours are drawn. */
  opened: z.array(nodeIdSchema).max(50).default([]),
});
export type GraphInput = z.output<typeof graphInput>;

const runFactsSchema = z.object({
  state: z.enum(runStates),
  job: z.string(),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
});

/** Edges that are not drawn. `isMore`: at least so many. */
const hiddenSchema = z.object({ edges: z.number().int(), isMore: z.boolean() });
export type Hidden = z.infer<typeof hiddenSchema>;

export const graphNodeSchema = z.object({
  id: nodeIdSchema,
  kind: z.enum(nodeKinds),
  key: z.string(),
  /** Below zero upstream of the root, above zero downstream. */
  hop: z.number().int(),
  run: runFactsSchema.nullable(),
  hiddenUp: hiddenSchema,
  hiddenDown: hiddenSchema,
});
export type GraphNode = z.infer<typeof graphNodeSchema>;

export const graphEdgeSchema = z.object({
  from: nodeIdSchema,
  to: nodeIdSchema,
  kind: z.enum(edgeKinds),
  grade: z.enum(grades),
  validFrom: instant,
  /** Null = still so. */
  validTo: instant.nullable(),
});
export type GraphEdge = z.infer<typeof graphEdgeSchema>;

export const graphSchema = z.object({
  root: nodeIdSchema,
  nodes: z.array(graphNodeSchema),
  edges: z.array(graphEdgeSchema),
  /** More nodes are within the depth than are drawn. */
  isCut: z.boolean(),
  asOf: instant,
});
export type LineageGraph = z.infer<typeof graphSchema>;

export const edgeInput = z.object({ network, from: nodeIdSchema, to: nodeIdSchema, kind: z.enum(edgeKinds) });
export type EdgeInput = z.output<typeof edgeInput>;

export const edgeDetailSchema = graphEdgeSchema.extend({
  event: z
    .object({
      kind: z.enum(["run", "dataset", "job"]),
      eventTime: instant,
      receivedAt: instant,
      /** Where in Kafka; null = it came by HTTP. */
      position: z.object({ topic: z.string(), partition: z.number().int(), offset: z.string() }).nullable(),
      producer: z.string(),
      /** Indented; every digit as it came. */
      body: z.string(),
    })
    .nullable(),
  evidence: z.record(z.string(), z.json()).nullable(),
});
export type EdgeDetail = z.infer<typeof edgeDetailSchema>;

export const nodeInput = viewInput;
export type NodeInput = z.output<typeof nodeInput>;

export const facetSchema = z.object({
  name: z.string(),
  scope: z.enum(["itself", "input", "output"]),
  runKey: z.string().nullable(),
  firstAt: instant,
  lastAt: instant,
  /** Distinct bodies that it has had up to then. */
  versions: z.number().int(),
  body: z.string(),
});
export const nodeDetailSchema = z.object({
  id: nodeIdSchema,
  kind: z.enum(nodeKinds),
  key: z.string(),
  firstAt: instant,
  run: runFactsSchema.nullable(),
  facets: z.array(facetSchema),
});
export type NodeDetail = z.infer<typeof nodeDetailSchema>;

export const columnsInput = viewInput;
export type ColumnsInput = z.output<typeof columnsInput>;
const columnEdgeSchema = z.object({
  fromKind: z.enum(nodeKinds),
  fromKey: z.string(),
  fromField: z.string(),
  toKind: z.enum(nodeKinds),
  toKey: z.string(),
  /** Empty: all of the dataset depends on it (a filter, a join). */
  toField: z.string(),
  how: z.string(),
  firstAt: instant,
});
export type ColumnEdge = z.infer<typeof columnEdgeSchema>;
export const columnsSchema = z.object({
  rows: z.array(columnEdgeSchema),
  /** There are more than are listed. */
  isCut: z.boolean(),
});

export const reachInput = viewInput.extend({
  /** impact: what depends on the root. cause: what changed upstream since `since`. */
  since: z.string().max(40).default("now-24h"),
});
export type ReachInput = z.output<typeof reachInput>;
const countsSchema = z.array(z.object({ kind: z.enum(nodeKinds), nodes: z.number().int() }));
export const impactSchema = z.object({
  counts: countsSchema,
  nodes: z.array(graphNodeSchema.pick({ id: true, kind: true, key: true, hop: true })),
  isCut: z.boolean(),
});
export type Impact = z.infer<typeof impactSchema>;

export const changeKinds = ["appeared", "failed", "ended", "facet"] as const;
const changeSchema = z.object({
  at: instant,
  what: z.enum(changeKinds),
  kind: z.enum(nodeKinds),
  key: z.string(),
  hop: z.number().int(),
  detail: z.string(),
});
export type Change = z.infer<typeof changeSchema>;
export const causeSchema = z.object({
  searched: z.number().int(),
  since: instant,
  changes: z.array(changeSchema),
  isCut: z.boolean(),
});
export type Cause = z.infer<typeof causeSchema>;

export const findInput = z.object({ network, text: z.string().trim().max(300).default("") });
export type FindInput = z.output<typeof findInput>;
export const foundSchema = z.object({
  rows: z.array(
    z.object({ kind: z.enum(nodeKinds), key: z.string(), firstAt: instant, run: runFactsSchema.nullable() }),
  ),
  /** Nothing at all is known of this network. */
  isEmpty: z.boolean(),
});
export type Found = z.infer<typeof foundSchema>;
