import { pipeline } from "node:stream/promises";
import { findExportFile } from "../features/exports/find-export-file.ts";
import { contentTypeOf } from "../features/exports/rules.ts";
import { exportIdInput } from "../features/exports/schema.ts";
import { conflict } from "../kernel/errors.ts";
import type { Artefacts } from "../ports/artefacts.ts";
import type { Surroundings } from "../trpc/context.ts";
import type { Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";
import { signedInCtx } from "./signed-in-ctx.ts";

/** GET /api/exports/jobs/<id>: the file that a job wrote, for its owner only. */
export function exportFileRoute(around: Surroundings, artefacts: Artefacts): Route {
  return {
    path: "/api/exports/jobs/",
    maxBodyBytes: 0,
    handle: async (exchange) => {
      const { request, response, url, log } = exchange;
      if (request.method !== "GET") return sendProblem(response, 405, "An export is read with GET.");
      const ctx = await signedInCtx(around, exchange);
      const asked = exportIdInput.safeParse({ id: url.pathname.slice("/api/exports/jobs/".length) });
      if (!asked.success) return sendProblem(response, 404, "There is no such export.");
      const { job, artefact } = await findExportFile(ctx, asked.data.id);
      const file = await artefacts.read(artefact);
      if (!file)
        throw conflict("The file is not on this server. EXPORTS_DIR must be shared by all web replicas.");
      response.setHeader("content-type", job.isCompressed ? "application/gzip" : contentTypeOf(job.format));
      response.setHeader("content-disposition", `attachment; filename="${job.fileName}"`);
      response.setHeader("content-length", file.bytes);
      response.setHeader("cache-control", "no-store");
      await pipeline(file.stream(), response).catch((error: unknown) =>
        log.info({ err: error, job: job.id }, "a download ended before its last byte"),
      );
    },
  };
}
