import { z } from "zod";

/**
 * OpenLineage events (spec 2-0-x, OpenLineage/OpenLineage spec/OpenLineage.json). Facets are open: whatever stands in one
 * is kept as it came. Unknown fields beside them are ignored.
 */
const mostDatasets = 5_000;
const mostFacets = 200;

/** Bounded in bytes: names are keys of indexes, which refuse a row that is longer. */
const word = (mostBytes: number) =>
  z
    .string("must be text")
    .min(1, "must not be empty")
    .refine((text) => Buffer.byteLength(text) <= mostBytes, `must not have more than ${mostBytes} bytes`)
    // PostgreSQL's text cannot hold it, and no name has it.
    .refine((text) => !text.includes("\0"), "must not contain the character NUL");
const namespace = word(250);
const name = word(1_500);
const field = word(500);
const instant = z.iso
  .datetime({ offset: true, error: "must be a time with its offset, such as 2026-11-23T15:00:00.123Z" })
  .refine((text) => Date.parse(text) >= 0, "must not be before 1970")
  .transform(toUtcMicroseconds);
const facet = z.unknown().refine(isPlainObject, "must be an object");
const facets = z
  .record(word(200), facet, "must be an object of facets")
  .refine((all) => Object.keys(all).length <= mostFacets, `must not have more than ${mostFacets} facets`)
  .nullish();

const datasetSchema = z.object({ namespace, name, facets }, "must be an object");
const inputSchema = datasetSchema.extend({ inputFacets: facets });
const outputSchema = datasetSchema.extend({ outputFacets: facets });
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, "must be a list")
    .max(mostDatasets, `must not have more than ${mostDatasets} items`)
    .nullish();

const jobSchema = z.object({ namespace, name, facets }, "must be an object");
const runSchema = z.object({ runId: z.guid("must be a UUID"), facets }, "must be an object");
const common = { eventTime: instant, producer: word(2_000), schemaURL: word(2_000) };

export const eventTypes = ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"] as const;
export type EventType = (typeof eventTypes)[number];

export const runEventSchema = z.object({
  ...common,
  eventType: z.enum(eventTypes, `must be one of ${eventTypes.join(", ")}`).nullish(),
  run: runSchema,
  job: jobSchema,
  inputs: listOf(inputSchema),
  outputs: listOf(outputSchema),
});
export const datasetEventSchema = z.object({ ...common, dataset: datasetSchema });
export const jobEventSchema = z.object({
  ...common,
  job: jobSchema,
  inputs: listOf(inputSchema),
  outputs: listOf(outputSchema),
});

export type RunEvent = { kind: "run" } & z.output<typeof runEventSchema>;
export type DatasetEvent = { kind: "dataset" } & z.output<typeof datasetEventSchema>;
export type JobEvent = { kind: "job" } & z.output<typeof jobEventSchema>;
export type LineageEvent = RunEvent | DatasetEvent | JobEvent;
export type DatasetName = { namespace: string; name: string };
export type Facets = z.output<typeof facets>;

const columnInput = z.object({ namespace, name, field, transformations: z.array(z.unknown()).nullish() });
/** The facet `columnLineage` of a dataset (spec/facets/ColumnLineageDatasetFacet.json); another form is only kept. */
export const columnLineageSchema = z.object({
  fields: z.record(field, z.object({ inputFields: z.array(columnInput).max(1_000) })).nullish(),
  dataset: z.array(columnInput).max(1_000).nullish(),
});

/** The facet `parent` of a run (spec/facets/ParentRunFacet.json). */
export const parentRunSchema = z.object({
  run: z.object({ runId: z.guid() }),
  job: z.object({ namespace, name }),
});

/** In UTC with six digits, as the database orders them; PostgreSQL takes fewer offsets than RFC 3339 has. */
function toUtcMicroseconds(text: string): string {
  const [, fraction = ""] = /\.(\d+)/.exec(text) ?? [];
  return `${new Date(text).toISOString().slice(0, -1)}${fraction.slice(3, 6).padEnd(3, "0")}Z`;
}

/** A number that is kept digit by digit is an object too, without a prototype. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
