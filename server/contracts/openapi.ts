import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { exportFormats } from "../features/exports/rules.ts";
import { exportSources } from "../features/exports/sources.ts";

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What happened and what to do, for a person."),
    requestId: z.string().describe("Leads to the request in the log."),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

const trpcErrorSchema = z
  .object({
    error: z.object({
      message: z.string().describe("What happened and what to do, for a person."),
      code: z.int(),
      data: z.object({ code: z.string(), httpStatus: z.int(), requestId: z.string().nullable() }),
    }),
  })
  .meta({ id: "ProcedureError" });

const healthPartSchema = z
  .object({
    part: z.string(),
    state: z.enum(["ok", "degraded", "down"]),
    reason: z.string().nullable(),
    since: z.iso.datetime().nullable(),
  })
  .meta({ id: "HealthPart" });

const roleFacts = { version: z.string(), roles: z.array(z.string()) };

/** The machine endpoints, from the schemas that validate, and how a token reads what pages read. */
export function openApiDocument(version: string) {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Cere console: HTTP",
      version,
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      description:
        "Health, metrics, reading and exports. Errors are RFC 9457 problem details, those of procedures tRPC's.",
    },
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "console.session_token" },
        apiToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "cere_pat_…",
          description:
            "An API token (Settings, API tokens). It does what its scopes open, and no more than its owner may do today.",
        },
        metricsToken: { type: "http", scheme: "bearer", description: "METRICS_TOKEN, where it is set" },
      },
    },
    paths: { ...healthPaths(), ...readPaths(), ...exportPaths() },
  });
}

function healthPaths(): ZodOpenApiPathsObject {
  return {
    "/healthz": {
      get: {
        summary: "The process answers; nothing outside is asked",
        responses: { 200: answer("It does.", z.object({ status: z.literal("ok"), ...roleFacts })) },
      },
    },
    "/readyz": {
      get: {
        summary: "May traffic come here, and if not, why",
        responses: {
          200: answer("Ready.", readinessOf("ready")),
          503: answer("Not ready, with the reason of each part.", readinessOf("not ready")),
        },
      },
    },
    "/metrics": {
      get: {
        summary: "Prometheus metrics",
        security: [{ metricsToken: [] }, { apiToken: [] }, {}],
        responses: {
          200: { description: "Prometheus text format.", content: { "text/plain": { schema: z.string() } } },
          401: problem("METRICS_TOKEN is set, and neither it nor an API token was sent."),
          403: problem("The API token does not carry metrics:read."),
        },
      },
    },
  };
}

function readinessOf(status: string) {
  return z.object({ status: z.literal(status), ...roleFacts, parts: z.array(healthPartSchema) });
}

/** One path for all of them: a procedure's input and answer are those of the page that asks it. */
function readPaths(): ZodOpenApiPathsObject {
  return {
    "/api/trpc/{procedure}": {
      get: {
        summary: "What a page reads, as its menu copies it as curl",
        description: "Only queries. Changes, and a person's own account, need the session of a person.",
        security: [{ session: [] }, { apiToken: ["read"] }],
        requestParams: {
          path: z.object({ procedure: z.string().describe("As docs/permissions.md lists it: nodes.list.") }),
          query: z.object({ input: z.string().optional().describe("The input as JSON.") }),
        },
        responses: {
          200: answer("What the procedure gives.", z.object({ result: z.object({ data: z.unknown() }) })),
          400: answer("The input does not fit.", trpcErrorSchema),
          401: answer("No session and no token that is good.", trpcErrorSchema),
          403: answer("The role or the token's scope does not reach this.", trpcErrorSchema),
        },
      },
    },
  };
}

function exportPaths(): ZodOpenApiPathsObject {
  return Object.fromEntries(
    exportSources.flatMap(({ name, about, query }) =>
      exportFormats.map((format) => [
        `/api/exports/${name}.${format}`,
        { get: exportOperation(about, format, query) },
      ]),
    ),
  );
}

function exportOperation(summary: string, format: string, query: z.ZodObject): ZodOpenApiOperationObject {
  const contentType = format === "csv" ? "text/csv" : "application/json";
  return {
    summary,
    security: [{ session: [] }, { apiToken: ["read"] }],
    requestParams: { query },
    responses: {
      200: {
        description:
          "Streamed; x-row-limit and x-rows-matching say where a file is cut and how many rows there are.",
        content: { [contentType]: { schema: z.string() } },
      },
      400: problem("The query does not fit."),
      401: problem("No session and no token that is good."),
      403: problem("The role does not reach this network."),
    },
  };
}

function answer(description: string, schema: z.ZodType) {
  return { description, content: { "application/json": { schema } } };
}

function problem(description: string) {
  return { description, content: { "application/problem+json": { schema: problemSchema } } };
}
