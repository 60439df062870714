import type { z } from "zod";
import { forbidden, invalid } from "../../kernel/errors.ts";
import type { Role } from "../../kernel/roles.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { isAllowed } from "../identity/rules.ts";

/** What a cell holds: JSON. In CSV objects and lists become JSON text, null an empty cell. */
export type ExportCell =
  | string
  | number
  | boolean
  | null
  | readonly ExportCell[]
  | { readonly [key: string]: ExportCell };

/** A row of a file: the same columns in each, null where nothing is known. Units stand in the names of columns. */
export type ExportRow = Readonly<Record<string, ExportCell>>;

/** How many rows there will be, as far as that is known before they are read. */
export type ExportTotal = { rows: number; isEstimate: boolean };

/** One file about to be written: everything that has to be known before its first row. */
export type OpenedExport = {
  /** The start of the file's name: "nodes-mainnet". */
  fileName: string;
  /** For a person: "Nodes of mainnet". */
  title: string;
  columns: readonly string[];
  /** Null when counting would cost more than it tells. */
  total: ExportTotal | null;
  /** Some hundred to some thousand rows at a time, read when they are asked for. Ends soon after the signal aborts. */
  batches(signal: AbortSignal): AsyncIterable<readonly ExportRow[]>;
};

export type ExportQuery = Readonly<Record<string, string>>;

/** Rows that can be had as a file: at once by GET /api/exports/<name>.<format>, or as a job. */
export type ExportSource = {
  name: string;
  /** For the documents: "The nodes of a network, as the page filters them". */
  about: string;
  role: Role;
  query: z.ZodObject;
  maxRows: number;
  /** Throws `invalid` for a query that does not fit and `forbidden` without the role in its network. */
  open(ctx: Ctx, query: ExportQuery): Promise<OpenedExport>;
};

export type ExportDefinition<Query extends z.ZodObject> = {
  /** As it stands in the address: lower case, "-" between words. */
  name: string;
  about: string;
  /** Needed in the `network` and `environment` that the query names. */
  role: Role;
  /** Of a query string, so every field is read from text. */
  query: Query;
  /** Where a file is cut; it says so in its last line. */
  maxRows?: number;
  /** Cheap: it runs once to say what a job will be, and again when the file is written. */
  open(ctx: Ctx, query: z.output<Query>): Promise<OpenedExport>;
};

const defaultMaxRows = 1_000_000;

export function defineExport<Query extends z.ZodObject>(definition: ExportDefinition<Query>): ExportSource {
  const { maxRows = defaultMaxRows, role } = definition;
  return {
    ...definition,
    maxRows,
    open: async (ctx, query) => {
      const parsed = parseQuery(definition.query, query);
      if (!isAllowed(ctx.actor, role, placeOf(parsed))) throw forbidden(role);
      return definition.open(ctx, parsed);
    },
  };
}

/** Throws `invalid` that names the field. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(`${issue?.path.join(".") || "query"}: ${issue?.message ?? "does not fit"}`);
}

function placeOf(parsed: Readonly<Record<string, unknown>>) {
  const place = (value: unknown) => (typeof value === "string" ? value : null);
  return { network: place(parsed.network), environment: place(parsed.environment) };
}
