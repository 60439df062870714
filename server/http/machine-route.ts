import type { IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { TokenGate } from "../features/tokens/token-gate.ts";
import { AppError, invalid } from "../kernel/errors.ts";
import type { TokenActor, TokenScope } from "../kernel/roles.ts";
import type { Exchange, Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";

/** What a machine sent, after its token was found to open this endpoint. */
export type MachineCall = {
  actor: TokenActor;
  exchange: Exchange;
  /** Unpacked, at most `maxBodyBytes`. */
  body: Buffer;
  /** Lower case, without parameters; empty when none was sent. */
  contentType: string;
};

export type MachineAnswer = { status: number; body?: object };

export type MachineEndpoint = {
  path: string;
  method: "GET" | "POST";
  scope: TokenScope;
  /** Of the body as sent and as unpacked. */
  maxBodyBytes: number;
  /** An `AppError` that it throws is told as RFC 9457, anything else is masked. */
  handle(call: MachineCall): Promise<MachineAnswer>;
};

/** One endpoint for machines: its own token scope, a bounded body (gzip or plain), answers in RFC 9457. */
export function machineRoute(gate: TokenGate, endpoint: MachineEndpoint): Route {
  return {
    path: endpoint.path,
    maxBodyBytes: endpoint.maxBodyBytes,
    countsBody: true,
    handle: async (exchange) => {
      const { request, response } = exchange;
      if (request.method !== endpoint.method) {
        response.setHeader("allow", endpoint.method);
        return sendProblem(response, 405, `Use ${endpoint.method} here.`);
      }
      const actor = await requireToken(gate, exchange, endpoint.scope);
      const contentType = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
      const body = await readBounded(request, endpoint.maxBodyBytes);
      if (body === null) {
        response.setHeader("connection", "close");
        return sendProblem(response, 413, `${endpoint.maxBodyBytes} bytes are allowed here.`);
      }
      send(exchange, await endpoint.handle({ actor, exchange, body, contentType }));
    },
  };
}

/** Who sends, or an error that says what is missing; see `TokenGate`. Asked before a byte of the body is read. */
export async function requireToken(
  gate: TokenGate,
  { request, response, address, requestId }: Exchange,
  scope: TokenScope,
): Promise<TokenActor> {
  const caller = { authorization: request.headers.authorization ?? null, address, requestId };
  try {
    return await gate.admit(caller, scope);
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated")
      response.setHeader("www-authenticate", 'Bearer realm="console"');
    throw error;
  }
}

/** Null when there is more than `maxBytes`, packed or unpacked: a small bomb is refused where it bursts. */
async function readBounded(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw invalid(`The content encoding ${encoding} is not read here. Send gzip or none.`);
  const unpacked = boundedTo(maxBytes);
  const stages = encoding === "gzip" ? [boundedTo(maxBytes), createGunzip(), unpacked] : [unpacked];
  try {
    const [bytes] = await Promise.all([buffer(unpacked), pipeline([request, ...stages])]);
    return bytes;
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw invalid("The body broke off or is no gzip.");
  }
}

class TooLarge extends Error {}

function boundedTo(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      if (seen > maxBytes) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

function send({ response }: Exchange, { status, body }: MachineAnswer): void {
  response.statusCode = status;
  response.setHeader("cache-control", "no-store");
  if (body === undefined) return void response.end();
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}
