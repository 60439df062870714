import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { beginUpload } from "../features/agents/begin-upload.ts";
import { completeUpload } from "../features/agents/complete-upload.ts";
import { getUpload } from "../features/agents/get-upload.ts";
import { giveUpUpload } from "../features/agents/give-up-upload.ts";
import { openVersionFile } from "../features/agents/open-version-file.ts";
import { putUploadPart } from "../features/agents/put-upload-part.ts";
import { refuseUpload } from "../features/agents/refuse-upload.ts";
import {
  beginUploadInput,
  completeUploadInput,
  type UploadOutcome,
  versionInput,
} from "../features/agents/schema.ts";
import { uploadInOne } from "../features/agents/upload-in-one.ts";
import { uploadLimits } from "../features/agents/upload-rules.ts";
import { anywhere, isAllowed } from "../features/identity/rules.ts";
import { forbidden, invalid, notFound, tooMany } from "../kernel/errors.ts";
import type { Ctx } from "../ports/ctx.ts";
import type { Surroundings } from "../trpc/context.ts";
import type { Exchange, Route } from "./exchange.ts";
import { requireToken } from "./machine-route.ts";
import { sendProblem } from "./problem.ts";
import { signedInCtx } from "./signed-in-ctx.ts";

const maxJsonBytes = 256 * 1024;
/** Parts that one process takes in at the same time. */
const maxPartsAtOnce = 32;
const uploadPath =
  /^\/api\/agents\/uploads\/([0-9a-f-]{36})(?:\/(complete|files\/(\d{1,3})\/parts\/(\d{1,4})))?$/;
const filePath = /^\/api\/agents\/([0-9a-f]{64}:[a-z0-9-]{1,63})\/versions\/([a-z2-7]{59})\/files\/(.+)$/;

type Call = { ctx: Ctx; exchange: Exchange; signal: AbortSignal };

/** Uploads of agents in parts and in one, and the files of versions: for people with a session and machines with a token. */
export function agentsRoute(around: Surroundings): Route {
  const running = { count: 0 };
  return {
    path: "/api/agents/",
    maxBodyBytes: uploadLimits.maxBytes,
    handle: async (exchange) => {
      if (running.count >= maxPartsAtOnce) throw tooMany("Too much is being uploaded right now.", 2);
      running.count++;
      const left = new AbortController();
      exchange.response.once("close", () => left.abort(new Error("the client left")));
      try {
        await answer(around, exchange, left.signal);
      } finally {
        running.count--;
      }
    },
  };
}

async function answer(around: Surroundings, exchange: Exchange, signal: AbortSignal): Promise<void> {
  const { request, url, response } = exchange;
  const file = filePath.exec(url.pathname);
  if (file && request.method === "GET") return sendFile(await signedIn(around, exchange), exchange, file);
  const ctx = await uploaderCtx(around, exchange);
  const call = { ctx, exchange, signal };
  if (url.pathname === "/api/agents/uploads" && request.method === "POST") return begin(call);
  if (url.pathname === "/api/agents/versions" && request.method === "POST") return uploadAtOnce(call);
  const upload = uploadPath.exec(url.pathname);
  if (!upload) return sendProblem(response, 404, `There is nothing at ${url.pathname}.`);
  return onUpload(call, upload);
}

async function onUpload(call: Call, [, id = "", what, file, part]: RegExpExecArray): Promise<void> {
  const { ctx, exchange, signal } = call;
  const { request, response } = exchange;
  if (part !== undefined && request.method === "PUT") {
    const sizeBytes = lengthOf(request);
    const numbers = { file: Number(file), part: Number(part) };
    await putUploadPart(ctx, { id, ...numbers, sizeBytes, body: request }, signal);
    return send(exchange, 204);
  }
  if (what === "complete" && request.method === "POST") {
    const input = completeUploadInput.safeParse({ ...(await readJson(request)), id });
    if (!input.success) throw invalid(firstIssue(input.error));
    return sendOutcome(exchange, await completeUpload(ctx, input.data, signal));
  }
  if (what === undefined && request.method === "GET")
    return send(exchange, 200, await getUpload(ctx, { id }));
  if (what === undefined && request.method === "DELETE") {
    await giveUpUpload(ctx, { id });
    return send(exchange, 204);
  }
  return sendProblem(response, 405, `${request.method ?? ""} is not used here.`);
}

async function begin({ ctx, exchange }: Call): Promise<void> {
  const input = beginUploadInput.safeParse(await readJson(exchange.request));
  if (!input.success) throw invalid(firstIssue(input.error));
  send(exchange, 201, await beginUpload(ctx, input.data));
}

async function uploadAtOnce({ ctx, exchange, signal }: Call): Promise<void> {
  const { request, url } = exchange;
  const query = url.searchParams;
  const name = query.get("file") ?? "bundle.tgz";
  const input = beginUploadInput.safeParse({
    agentService: query.get("agentService"),
    files: [{ name, bytes: lengthOf(request) }],
  });
  if (!input.success) throw invalid(firstIssue(input.error));
  const asked = { ...input.data, note: query.get("note") ?? "", asDraft: query.get("draft") === "1" };
  sendOutcome(exchange, await uploadInOne(ctx, { ...asked, body: request }, signal));
}

async function sendFile(
  ctx: Ctx,
  exchange: Exchange,
  [, agentId, cid, name = ""]: RegExpExecArray,
): Promise<void> {
  const input = versionInput.safeParse({ agentId, cid });
  if (!input.success) throw notFound("version", cid ?? "");
  const file = await openVersionFile(ctx, { ...input.data, name: decodeURIComponent(name) });
  const { response } = exchange;
  if (file.address) {
    response.writeHead(302, { location: file.address.href, "cache-control": "no-store" }).end();
    return;
  }
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": file.bytes,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
    "cache-control": "private, max-age=31536000, immutable",
  });
  await pipeline(file.body, response);
}

function signedIn(around: Surroundings, exchange: Exchange): Promise<Ctx> {
  return signedInCtx(around, exchange);
}

/** A token needs its own scope; a person needs the role. */
async function uploaderCtx(around: Surroundings, exchange: Exchange): Promise<Ctx> {
  const ctx = await callerCtx(around, exchange);
  if (isAllowed(ctx.actor, "developer", anywhere)) return ctx;
  await refuseUpload(ctx, exchange.url.pathname);
  throw forbidden("developer");
}

async function callerCtx(around: Surroundings, exchange: Exchange): Promise<Ctx> {
  const { request, requestId, address, log } = exchange;
  if (!/^bearer /i.test(request.headers.authorization ?? "")) return signedInCtx(around, exchange);
  const actor = await requireToken(around.tokens, exchange, "agents:write");
  const { db, deps, clock } = around;
  return { actor, db, deps, clock, log: log.child({ actorId: actor.id }), requestId, address };
}

function lengthOf(request: IncomingMessage): number {
  const length = Number(request.headers["content-length"] ?? Number.NaN);
  if (!Number.isSafeInteger(length)) throw invalid("Send the bytes with a Content-Length.");
  return length;
}

async function readJson(request: IncomingMessage): Promise<object> {
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw invalid(`The content type ${type || "(none)"} is not read here. Send application/json.`);
  if (lengthOf(request) > maxJsonBytes) throw invalid(`${maxJsonBytes} bytes are allowed here.`);
  try {
    const value: unknown = JSON.parse(await text(request));
    if (typeof value === "object" && value !== null) return value;
  } catch {
    throw invalid("The body is no JSON.");
  }
  throw invalid("The body is no JSON object.");
}

function firstIssue(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  return issue
    ? `${issue.path.map(String).join(".") || "body"}: ${issue.message}`
    : "The request is not understood.";
}

function sendOutcome(exchange: Exchange, outcome: UploadOutcome): void {
  const statuses = { registered: 201, known: 200, faulty: 422 } as const;
  send(exchange, statuses[outcome.kind], outcome);
}

function send({ response }: Exchange, status: number, body?: object): void {
  response.statusCode = status;
  response.setHeader("cache-control", "no-store");
  if (body === undefined) return void response.end();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
