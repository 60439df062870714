import { createServer, type ServerResponse } from "node:http";
import { build } from "esbuild";
import { noise } from "../../localnet/content/stored.ts";
import { openBlake3 } from "../../server/kernel/cid/blake3.ts";
import { cidOf } from "../../server/kernel/cid/cid.ts";

export type VerifyServer = { address: string; cid: string; bytes: number; close(): Promise<void> };

const pieceBytes = 256_000_000;
const chunkBytes = 1 << 20;
const page = "<!doctype html><title>verify</title><button id=b>click</button>";
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/** One page, the two workers and one piece. */
export async function startVerifyServer(): Promise<VerifyServer> {
  const piece = noise(256, pieceBytes).read(0, pieceBytes);
  const hasher = await openBlake3();
  hasher.update(piece);
  const cid = cidOf("raw-piece", hasher.digest()).text;
  const scripts = new Map([
    ["/verify-worker.js", await bundle("app/_client/verify/verify-worker.ts")],
    ["/raw-hash-worker.js", await bundle("bench/verify/raw-hash-worker.ts")],
  ]);
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0] ?? "/";
    const script = scripts.get(path);
    response.setHeader("content-security-policy", policy);
    if (script !== undefined) response.setHeader("content-type", "text/javascript").end(script);
    else if (path === "/") response.setHeader("content-type", "text/html").end(page);
    else if (path === "/favicon.ico") response.writeHead(204).end();
    else void sendPiece(response, piece);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}/`,
    cid,
    bytes: pieceBytes,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function sendPiece(response: ServerResponse, piece: Uint8Array): Promise<void> {
  response.writeHead(200, {
    "content-length": String(piece.length),
    "content-type": "application/octet-stream",
  });
  for (let at = 0; at < piece.length && !response.destroyed; at += chunkBytes)
    if (!response.write(piece.subarray(at, at + chunkBytes))) await drained(response);
  response.end();
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

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
