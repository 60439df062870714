import type { IncomingMessage, ServerResponse } from "node:http";
import { textOf } from "../content/content-id.ts";
import { linksOf } from "../content/dag-links.ts";
import { type Content, contentOf } from "../content/stored.ts";
import type { Disturbance } from "./disturbance.ts";
import type { Answered, Asked, NodeContent } from "./node-content.ts";
import { contentParts, type Range } from "./send-content.ts";

/**
 * The form of DDC's content delivery: `/<bucket>/<cid or CNS name>[/<path>]?token=`. Pieces come as they are, without a
 * content type; of a DAG node comes what a gateway shows of it, not its bytes.
 */
export async function serveContent(
  node: NodeContent,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  disturbance: Disturbance,
): Promise<void> {
  const asked = askedBy(request.url ?? "/");
  if (request.method !== "GET" && request.method !== "HEAD")
    return refuse(response, 405, "only GET and HEAD");
  if (!asked) return refuse(response, 404, "not found");
  const answered = await node.answer(asked, disturbance);
  if (answered.kind === "absent") return refuse(response, 404, answered.why);
  if (answered.kind === "refused") return refuse(response, asked.token === null ? 401 : 403, answered.why);
  const content = answered.isNode ? listing(answered, asked) : answered.content;
  const range = rangeOf(request.headers.range, content.size);
  if (range === "unsatisfiable") {
    response.setHeader("content-range", `bytes */${content.size}`);
    return refuse(response, 416, "no such range");
  }
  response.writeHead(range ? 206 : 200, headersOf(answered, content, range));
  if (request.method === "HEAD") return void response.end();
  await send(response, content, { range: range ?? { from: 0, to: content.size }, disturbance });
}

function askedBy(url: string): Asked | null {
  const { pathname, searchParams } = new URL(url, "http://node");
  const [bucket = "", name = "", ...path] = pathname.slice(1).split("/").map(decodeURIComponent);
  if (name === "") return null;
  return { bucket, name, path: path.filter((part) => part !== ""), token: searchParams.get("token") };
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error }));
}

/** One range of bytes; several, other units and nonsense are answered with everything, as HTTP allows. */
function rangeOf(header: string | undefined, size: number): Range | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (!match || (first === "" && last === "")) return null;
  if (first === "")
    return Number(last) === 0 ? "unsatisfiable" : { from: Math.max(0, size - Number(last)), to: size };
  const from = Number(first);
  const to = last === "" ? size : Math.min(size, Number(last) + 1);
  return from >= size || to <= from ? "unsatisfiable" : { from, to };
}

function headersOf({ isNode }: { isNode: boolean }, content: Content, range: Range | null) {
  const length = range ? range.to - range.from : content.size;
  return {
    "content-length": String(length),
    "accept-ranges": "bytes",
    ...(isNode ? { "content-type": "text/html; charset=utf-8" } : {}),
    ...(range ? { "content-range": `bytes ${range.from}-${range.to - 1}/${content.size}` } : {}),
  };
}

async function send(
  response: ServerResponse,
  content: Content,
  { range, disturbance }: { range: Range; disturbance: Disturbance },
): Promise<void> {
  const parts = contentParts(content, range, disturbance);
  for (let part = await parts.next(); ; part = await parts.next()) {
    if (response.destroyed) return;
    if (part.done) {
      if (part.value) response.end();
      else response.destroy();
      return;
    }
    if (!response.write(part.value)) await drained(response);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.on("drain", go).on("close", go);
  });
}

const shownEntries = 1_000;

/** What a gateway makes of a directory: a page. */
function listing({ cid, content }: Extract<Answered, { kind: "content" }>, { bucket }: Asked): Content {
  const entries: string[] = [];
  for (const link of linksOf(content.read(0, content.size))) {
    if (entries.length === shownEntries) break;
    entries.push(`<li><a href="/${bucket}/${textOf(link.cid)}">${escaped(link.name)}</a> ${link.size}</li>`);
  }
  return contentOf(Buffer.from(`<!doctype html><title>${textOf(cid)}</title><ul>${entries.join("\n")}</ul>`));
}

function escaped(text: string): string {
  return text.replaceAll(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
