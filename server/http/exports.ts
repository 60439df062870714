import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileText } from "../features/exports/file-text.ts";
import { contentTypeOf, stampedName } from "../features/exports/rules.ts";
import { type ExportFormat, exportFormatSchema } from "../features/exports/schema.ts";
import type { ExportSource, OpenedExport } from "../features/exports/source.ts";
import { findExportSource } from "../features/exports/sources.ts";
import type { Surroundings } from "../trpc/context.ts";
import type { Exchange, Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";
import { signedInCtx } from "./signed-in-ctx.ts";

/** GET /api/exports/<source>.{csv,json}: what a page shows, as a file, row by row as the client takes it. */
export function exportRoute(around: Surroundings): Route {
  return {
    path: "/api/exports/",
    maxBodyBytes: 0,
    handle: async (exchange) => {
      const { request, response, url } = exchange;
      const [, name = "", ending = ""] = /^\/api\/exports\/([a-z-]+)\.([a-z]+)$/.exec(url.pathname) ?? [];
      const source = findExportSource(name);
      const format = exportFormatSchema.safeParse(ending);
      if (!source || !format.success)
        return sendProblem(response, 404, `There is no export at ${url.pathname}.`);
      if (request.method !== "GET") return sendProblem(response, 405, "An export is read with GET.");
      const ctx = await signedInCtx(around, exchange);
      const opened = await source.open(ctx, Object.fromEntries(url.searchParams));
      await send(exchange, opened, { format: format.data, source, at: around.clock.now() });
    },
  };
}

type Sending = { format: ExportFormat; source: ExportSource; at: Date };

/** A client that leaves ends the work: no more rows are asked for. */
async function send({ response, log }: Exchange, opened: OpenedExport, sending: Sending): Promise<void> {
  const { format, source, at } = sending;
  const { maxRows } = source;
  const left = new AbortController();
  response.once("close", () => left.abort());
  const text = fileText(opened, { format, at, maxRows, signal: left.signal });
  const first = await text.next();
  response.setHeader("content-type", contentTypeOf(format));
  const fileName = stampedName(opened.fileName, format, at);
  response.setHeader("content-disposition", `attachment; filename="${fileName}"`);
  response.setHeader("cache-control", "no-store");
  response.setHeader("x-row-limit", String(maxRows));
  if (opened.total && !opened.total.isEstimate)
    response.setHeader("x-rows-matching", String(opened.total.rows));
  try {
    await pipeline(Readable.from(startingWith(first, text)), response);
  } catch (error) {
    if (!response.destroyed) response.destroy();
    log.info({ err: error, file: fileName }, "export ended before its last row");
  }
}

async function* startingWith(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string>,
): AsyncGenerator<string> {
  if (first.done !== true) yield first.value;
  yield* rest;
}
