import { createServer, type Server, type ServerResponse } from "node:http";
import type { LocalNode } from "../network/local-node.ts";
import type { Disturbance } from "./disturbance.ts";

/** The HTTP port of one node. Only what clients of the network use without a token: `/info`. */
export class InfoServer {
  readonly #node: LocalNode;
  readonly #port: number;
  readonly #startedAt = Date.now();
  #disturbance: Disturbance;
  #server: Server | null = null;

  constructor(node: LocalNode, port: number, disturbance: Disturbance) {
    this.#node = node;
    this.#port = port;
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
    const server = createServer((request, response) => this.#answer(request.url ?? "/", response));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host: "127.0.0.1", port: this.#port }, resolve);
    });
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  #answer(url: string, response: ServerResponse): void {
    const { skewMs, slowdown } = this.#disturbance;
    const now = Date.now() + skewMs;
    const { status, body } = this.#reply(url.split("?")[0] ?? "/", now);
    response.sendDate = false;
    const waitMs = this.#node.character.slowness * slowdown * (2 + 4 * Math.random());
    setTimeout(() => {
      response.writeHead(status, { "content-type": "application/json", date: new Date(now).toUTCString() });
      response.end(JSON.stringify(body));
    }, waitMs);
  }

  #reply(path: string, now: number): { status: number; body: Record<string, unknown> } {
    if (path !== "/info" && path !== "/health") return { status: 404, body: { error: "not found" } };
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
