import { createServer, type Server } from "node:http";
import next from "next";
import type { Running } from "../kernel/lifecycle.ts";
import { livePath } from "../live/topics.ts";
import type { PageHandler } from "./page-route.ts";

export type NextPages = Running & { handle: PageHandler };

export type NextPagesOptions = { server: Server; host: string; port: number; isDevelopment: boolean };

/**
 * Next inside our server. It would answer every websocket upgrade, also those of /live, which looks to it like the page
 * of a network: it is given a server that never listens, and hears of upgrades only where hot reload needs them.
 */
export async function openNextPages(options: NextPagesOptions): Promise<NextPages> {
  const { server, host, port, isDevelopment } = options;
  const upgrades = createServer();
  const pages = next({ dev: isDevelopment, hostname: host, port, httpServer: upgrades });
  await pages.prepare();
  if (isDevelopment)
    server.on("upgrade", (request, socket, head) => {
      if (!request.url?.startsWith(`${livePath}/`)) upgrades.emit("upgrade", request, socket, head);
    });
  return { handle: pages.getRequestHandler(), stop: () => pages.close() };
}
