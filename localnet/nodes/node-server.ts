import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Server as GrpcServer } from "@grpc/grpc-js";
import type { LocalNode } from "../network/local-node.ts";
import { contentServer, listen as listenGrpc } from "./content-grpc.ts";
import { serveContent } from "./content-http.ts";
import type { Disturbance } from "./disturbance.ts";
import type { NodeContent } from "./node-content.ts";

type NodeServerOptions = {
  node: LocalNode;
  ports: { http: number; grpc: number };
  content: NodeContent;
  disturbance: Disturbance;
};

/** The ports of one node: `/info` and content over HTTP, content by gRPC. */
export class NodeServer {
  readonly #node: LocalNode;
  readonly #ports: { http: number; grpc: number };
  readonly #content: NodeContent;
  readonly #startedAt = Date.now();
  #disturbance: Disturbance;
  #server: { http: Server; grpc: GrpcServer } | null = null;

  constructor({ node, ports, content, disturbance }: NodeServerOptions) {
    this.#node = node;
    this.#ports = ports;
    this.#content = content;
    this.#disturbance = disturbance;
  }

  /** A node that is down does not listen at all. */
  async change(disturbance: Disturbance): Promise<void> {
    this.#disturbance = disturbance;
    if (disturbance.isDown) await this.close();
    else await this.open();
  }

  async open(): Promise<void> {
    if (this.#server) return;
    const http = createServer((request, response) => this.#take(request, response));
    const grpc = contentServer(this.#content, () => this.#disturbance);
    this.#server = { http, grpc };
    await Promise.all([
      listenGrpc(grpc, this.#ports.grpc),
      new Promise<void>((resolve, reject) => {
        http.once("error", reject);
        http.listen({ host: "127.0.0.1", port: this.#ports.http }, resolve);
      }),
    ]);
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = new Promise<void>((resolve) => server.http.close(() => resolve()));
    server.http.closeAllConnections();
    server.grpc.forceShutdown();
    await closed;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path === "/info" || path === "/health") this.#answer(path, response);
    else if (Math.random() < this.#disturbance.errorRatio) response.writeHead(503).end();
    else this.#serve(request, response);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const waitMs = this.#node.character.slowness * this.#disturbance.slowdown * (1 + 3 * Math.random());
    setTimeout(() => {
      serveContent(this.#content, { request, response }, this.#disturbance).catch(() => response.destroy());
    }, waitMs);
  }

  #answer(path: string, response: ServerResponse): void {
    const { skewMs, slowdown } = this.#disturbance;
    const now = Date.now() + skewMs;
    const { status, body } = this.#reply(path, now);
    response.sendDate = false;
    const waitMs = this.#node.character.slowness * slowdown * (2 + 4 * Math.random());
    setTimeout(() => {
      response.writeHead(status, { "content-type": "application/json", date: new Date(now).toUTCString() });
      response.end(JSON.stringify(body));
    }, waitMs);
  }

  #reply(path: string, now: number): { status: number; body: Record<string, unknown> } {
    if (Math.random() < this.#disturbance.errorRatio) return { status: 503, body: { error: "unavailable" } };
    return { status: 200, body: path === "/info" ? this.#info(now) : { status: "ok" } };
  }

  /** The body of a real node is not documented: this is what an operator would look for. */
  #info(now: number): Record<string, unknown> {
    const node = this.#node;
    return {
      nodeKey: node.account.hex,
      mode: node.mode.toLowerCase(),
      version: node.version,
      clusterId: node.clusterId,
      network: node.network,
      uptimeSeconds: Math.floor((Date.now() - this.#startedAt) / 1000),
      time: new Date(now).toISOString(),
    };
  }
}
