import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isAllowed } from "../features/identity/rules.ts";
import { compareReplicas } from "../features/verification/compare-replicas.ts";
import { openContent } from "../features/verification/open-content.ts";
import type { Cid } from "../kernel/cid/cid.ts";
import { parseCid } from "../kernel/cid/parse-cid.ts";
import { inlineTypeOf } from "../kernel/content/recognise.ts";
import { forbidden, invalid, tooMany, unauthenticated } from "../kernel/errors.ts";
import { isNetworkName, type NetworkName } from "../kernel/networks.ts";
import type { ByteRange, ContentEnd, OpenContent } from "../ports/content-store.ts";
import type { Ctx } from "../ports/ctx.ts";
import { requestCtx, type Surroundings } from "../trpc/context.ts";
import { type Exchange, fetchHeaders, type Route } from "./exchange.ts";
import { sendProblem } from "./problem.ts";

const maxContentBytes = 16 * 2 ** 30;
const maxReplicaBytes = 256 * 2 ** 20;
const atOnce = 96;
const largestBucket = 2n ** 64n - 1n;
const pattern = /^\/api\/(?:content|replicas)\/([a-z]+)\/(\d{1,20})\/([^/]{1,200})$/;

/** GET /api/content/<network>/<bucket>/<cid>?node=&inline=1, header `x-ddc-token`: bytes as a node serves them. */
export function contentRoute(around: Surroundings): Route {
  const running = { count: 0 };
  return {
    path: "/api/content/",
    maxBodyBytes: 0,
    handle: (exchange) => withPlace(running, around, { exchange, send: sendContent }),
  };
}

/** GET /api/replicas/<network>/<bucket>/<cid>: a line of JSON for each node as it answers (`ReplicaLine`). */
export function replicasRoute(around: Surroundings): Route {
  const running = { count: 0 };
  return {
    path: "/api/replicas/",
    maxBodyBytes: 0,
    handle: (exchange) => withPlace(running, around, { exchange, send: sendReplicas }),
  };
}

type Asked = { network: NetworkName; bucket: string; cid: Cid; token: string | null };
type Call = { exchange: Exchange; asked: Asked; signal: AbortSignal };
type Send = (ctx: Ctx, call: Call) => Promise<void>;

/** Only so many at once in this process: each holds a connection to a node. A client that leaves ends its own. */
async function withPlace(
  running: { count: number },
  around: Surroundings,
  { exchange, send }: { exchange: Exchange; send: Send },
): Promise<void> {
  const { request, response, requestId, address, log } = exchange;
  if (request.method !== "GET") return sendProblem(response, 405, "Content is read with GET.");
  const { actor, ...rest } = await requestCtx(around, {
    headers: fetchHeaders(request),
    requestId,
    address,
    log,
  });
  if (actor === null) throw unauthenticated();
  const asked = readAsked(exchange);
  if (!isAllowed(actor, "viewer", { network: asked.network, environment: null })) throw forbidden("viewer");
  if (running.count >= atOnce)
    throw tooMany("Too much content is being read right now. Try again in a moment.", 2);
  const left = new AbortController();
  response.once("close", () => left.abort(new Error("the client left")));
  running.count++;
  try {
    await send({ ...rest, actor }, { exchange, asked, signal: left.signal });
  } catch (error) {
    if (!left.signal.aborted) throw error;
  } finally {
    running.count--;
  }
}

async function sendContent(ctx: Ctx, { exchange, asked, signal }: Call): Promise<void> {
  const { request, response, url, log } = exchange;
  const range = rangeOf(request.headers.range);
  const node = url.searchParams.get("node");
  const { node: server, opened } = await openContent(
    ctx,
    { ...asked, node, range, maxBytes: maxContentBytes },
    signal,
  );
  const first = await opened.body.next();
  setContentHeaders(exchange, { asked, opened, range, head: first.done ? new Uint8Array(0) : first.value });
  response.setHeader("x-ddc-node", server.key);
  response.setHeader("x-ddc-node-name", encodeURIComponent(server.name));
  response.setHeader("x-ddc-first-byte-ms", String(Math.round(opened.firstByteMs)));
  try {
    await pipeline(Readable.from(wholeBody(opened, first), { objectMode: false }), response);
  } catch (error) {
    if (!response.destroyed) response.destroy();
    log.info({ err: error, node: server.key }, "content ended before its last byte");
  }
}

/** A body that ends too early must not look as if it were all: the connection is broken off. */
async function* wholeBody(
  { body }: OpenContent,
  first: IteratorResult<Uint8Array, ContentEnd>,
): AsyncGenerator<Uint8Array> {
  try {
    let part = first;
    for (; !part.done; part = await body.next()) yield part.value;
    if (part.value.kind === "failed") throw new Error(part.value.detail);
  } finally {
    await body.return({ kind: "complete", bytes: 0 });
  }
}

type Shown = { asked: Asked; opened: OpenContent; range: ByteRange | null; head: Uint8Array };

/** Nothing here may run as a page of the console: an opaque origin, no sniffing, shown in place only where it is inert. */
function setContentHeaders({ response, url }: Exchange, { asked, opened, range, head }: Shown): void {
  const inline = url.searchParams.get("inline") === "1" && !range ? inlineTypeOf(head) : null;
  response.statusCode = range ? 206 : 200;
  response.setHeader("content-type", inline ?? "application/octet-stream");
  response.setHeader("content-disposition", inline ? "inline" : `attachment; filename="${asked.cid.text}"`);
  response.setHeader("content-security-policy", "sandbox; default-src 'none'; frame-ancestors 'self'");
  response.setHeader("x-frame-options", "SAMEORIGIN");
  response.setHeader("cache-control", "private, no-store");
  if (opened.length !== null) response.setHeader("content-length", String(opened.length));
  if (range) response.setHeader("content-range", `bytes ${range.from}-${range.to - 1}/${opened.size ?? "*"}`);
}

async function sendReplicas(ctx: Ctx, { exchange, asked, signal }: Call): Promise<void> {
  const { response } = exchange;
  response.setHeader("content-type", "application/x-ndjson");
  response.setHeader("cache-control", "no-store");
  for await (const line of compareReplicas(ctx, { ...asked, maxBytes: maxReplicaBytes }, signal))
    response.write(`${JSON.stringify(line)}\n`);
  response.end();
}

function readAsked({ request, url }: Exchange): Asked {
  const [, network = "", bucket = "", text = ""] = pattern.exec(url.pathname) ?? [];
  if (!isNetworkName(network)) throw invalid("The address is /<network>/<bucket>/<cid>.");
  const parsed = parseCid(text);
  if (parsed.kind === "fault")
    throw invalid(`${parsed.fault.reason} (character ${parsed.fault.at + 1})`, {
      at: String(parsed.fault.at),
    });
  if (BigInt(bucket) > largestBucket) throw invalid("A bucket id has at most 64 bits.");
  const header = request.headers["x-ddc-token"];
  const token = typeof header === "string" && header !== "" ? header : null;
  if (token !== null && !/^[1-9A-HJ-NP-Za-km-z]{1,4000}$/.test(token))
    throw invalid("A DDC token is base58 text.");
  return { network, bucket, cid: parsed.cid, token };
}

/** `bytes=a-b`, both given; anything else is answered with everything. */
function rangeOf(header: string | undefined): ByteRange | null {
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) return null;
  return { from: Number(first), to: Number(last) + 1 };
}
