import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify/sync";
import type { z } from "zod";
import { isAllowed } from "../features/identity/rules.ts";
import {
  type ExportRow,
  nodeExportColumns,
  nodeExportRow,
  seriesExportColumns,
  seriesExportRows,
} from "../features/nodes/export-rows.ts";
import {
  type ExportFormat,
  exportedKinds,
  exportFormats,
  exportNodesQuery,
  exportRowLimit,
  exportSeriesQuery,
  toListQuery,
} from "../features/nodes/export-schema.ts";
import { getNodeSeries } from "../features/nodes/get-node-series.ts";
import { listNodes } from "../features/nodes/list-nodes.ts";
import { listNodesInput } from "../features/nodes/schema.ts";
import { forbidden, invalid, unauthenticated } from "../kernel/errors.ts";
import type { Ctx } from "../ports/ctx.ts";
import { requestCtx, type Surroundings } from "../trpc/context.ts";
import { type Exchange, fetchHeaders, type Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";

/** What is in a file: its rows, and how many there would be without the limit. */
type ExportFile = { name: string; columns: string[]; rows: Iterable<ExportRow>; matching: number };

type Source = (ctx: Ctx, query: Record<string, string>) => Promise<ExportFile>;

const sources: Readonly<Record<string, Source>> = { nodes: exportNodes, "node-series": exportSeries };

/** GET /api/exports/{nodes,node-series}.{csv,json}: what a page shows, as a file, row by row as the client takes it. */
export function exportRoute(around: Surroundings): Route {
  return {
    path: "/api/exports/",
    maxBodyBytes: 0,
    handle: async (exchange) => {
      const { request, response, url, requestId, address, log } = exchange;
      const [, name = "", format = ""] = /^\/api\/exports\/([a-z-]+)\.([a-z]+)$/.exec(url.pathname) ?? [];
      const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
      if (!source || !isFormat(format))
        return sendProblem(response, 404, `There is no export at ${url.pathname}.`);
      if (request.method !== "GET") return sendProblem(response, 405, "An export is read with GET.");
      const ctx = await requestCtx(around, { headers: fetchHeaders(request), requestId, address, log });
      const file = await source(signedIn(ctx), Object.fromEntries(url.searchParams));
      await send(exchange, file, { format, at: around.clock.now() });
    },
  };
}

async function exportNodes(ctx: Ctx, query: Record<string, string>): Promise<ExportFile> {
  const input = parse(listNodesInput, toListQuery(parse(exportNodesQuery, query)));
  requireViewer(ctx, input.network);
  const { rows, matching } = await listNodes(ctx, input);
  return {
    name: `nodes-${input.network}`,
    columns: nodeExportColumns,
    rows: mapped(rows, nodeExportRow),
    matching,
  };
}

async function exportSeries(ctx: Ctx, query: Record<string, string>): Promise<ExportFile> {
  const input = parse(exportSeriesQuery, query);
  requireViewer(ctx, input.network);
  const series = await getNodeSeries(ctx, { ...input, kinds: exportedKinds });
  const name = `node-${input.network}-${input.key.slice(0, 10)}`;
  return {
    name,
    columns: seriesExportColumns(series),
    rows: seriesExportRows(series),
    matching: series.steps.points,
  };
}

type Sending = { format: ExportFormat; at: Date };

/** A client that leaves ends the work: the pipeline stops asking for rows. */
async function send({ response, log }: Exchange, file: ExportFile, { format, at }: Sending): Promise<void> {
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
  response.setHeader("content-type", contentTypes[format]);
  response.setHeader("content-disposition", `attachment; filename="${file.name}-${stamp}.${format}"`);
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-row-limit", String(exportRowLimit));
  response.setHeader("x-rows-matching", String(file.matching));
  const lines = format === "csv" ? csvLines(file) : jsonLines(file, at);
  try {
    await pipeline(Readable.from(lines), response);
  } catch (error) {
    if (!response.destroyed) response.destroy();
    log.info({ err: error, file: file.name }, "export ended before its last row");
  }
}

const contentTypes = { csv: "text/csv; charset=utf-8", json: "application/json; charset=utf-8" };

/** Cells that a spreadsheet would run as a formula are quoted: nodes choose their own names. */
function* csvLines({ columns, rows, matching }: ExportFile): Generator<string> {
  yield stringify([columns]);
  const options = { columns, escape_formulas: true, cast: { boolean: String } };
  for (const row of rows) yield stringify([row], options);
  if (matching > exportRowLimit) yield `# cut at ${exportRowLimit} of ${matching} rows\n`;
}

function* jsonLines(file: ExportFile, at: Date): Generator<string> {
  yield `{"exportedAt":${JSON.stringify(at.toISOString())},"rows":[`;
  let separator = "\n";
  for (const row of file.rows) {
    yield `${separator}${JSON.stringify(row)}`;
    separator = ",\n";
  }
  const isCut = file.matching > exportRowLimit;
  yield `\n],"matching":${file.matching},"limit":${exportRowLimit},"isCut":${isCut}}\n`;
}

function* mapped<From, To>(rows: Iterable<From>, map: (row: From) => To): Generator<To> {
  for (const row of rows) yield map(row);
}

function signedIn({ actor, ...rest }: Awaited<ReturnType<typeof requestCtx>>): Ctx {
  if (actor === null) throw unauthenticated();
  return { ...rest, actor };
}

function requireViewer({ actor }: Ctx, network: string): void {
  if (!isAllowed(actor, "viewer", { network, environment: null })) throw forbidden("viewer");
}

function parse<Output>(schema: z.ZodType<Output>, query: Record<string, unknown>): Output {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(`${issue?.path.join(".") || "query"}: ${issue?.message ?? "does not fit"}`);
}

function isFormat(format: string): format is ExportFormat {
  return exportFormats.some((known) => known === format);
}
