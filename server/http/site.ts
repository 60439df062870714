import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Exchange } from "./exchange.ts";

/** A host name of its own on the console's port. It settles headers, origins and sizes by itself. */
export type Site = {
  owns(hostname: string): boolean;
  handle(exchange: Exchange): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
};

/** The Host header without its port, in lower case; "" without one. */
export function hostnameOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}
