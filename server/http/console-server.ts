import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Running } from "../kernel/lifecycle.ts";
import type { Logger } from "../ports/logger.ts";
import type { Distribution, Metrics } from "../ports/metrics.ts";
import { judgeBody } from "./body-limit.ts";
import { clientAddress } from "./client-address.ts";
import { type Exchange, findRoute, type Route } from "./exchange.ts";
import { sendError, sendProblem } from "./problem.ts";
import { requestIdFrom } from "./request-id.ts";
import { mayChangeState } from "./same-origin.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import { hostnameOf, type Site } from "./site.ts";

export type ConsoleServerOptions = {
  baseUrl: URL;
  trustedProxies: readonly string[];
  log: Logger;
  metrics: Metrics;
};

export type ConsoleServer = {
  /** Hears requests and upgrades of the console's own host. It never listens itself. */
  server: Server;
  /** Routes are asked in the order in which they were opened. */
  open(routes: readonly Route[]): void;
  openSite(site: Site): void;
  listen(port: number, host: string): Promise<number>;
} & Running;

/** Asked every few seconds by machines. */
const quietPaths = new Set(["/healthz", "/readyz", "/metrics"]);
/** How long running requests may take to end when the process stops. */
const drainMs = 4_000;

/** The one door: ids, headers, origin and size are settled here, before any route sees a request. */
export function buildConsoleServer(options: ConsoleServerOptions): ConsoleServer {
  const routes: Route[] = [];
  const sites: Site[] = [];
  const door = { ...options, routes, seconds: durationOf(options.metrics) };
  const siteOf = (request: IncomingMessage) => sites.find((site) => site.owns(hostnameOf(request)));
  const own = createServer((request, response) => void answer(door, toExchange(door, request, response)));
  const front = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 32_768 },
    (request, response) => {
      const site = siteOf(request);
      if (site) void answerSite(door, site, toExchange(door, request, response));
      else own.emit("request", request, response);
    },
  );
  const upgraded = new Set<Duplex>();
  front.on("upgrade", (request, socket: Duplex, head: Buffer) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    const site = siteOf(request);
    if (site) site.upgrade(request, socket, head);
    else if (!own.emit("upgrade", request, socket, head)) socket.destroy();
  });
  return {
    server: own,
    open: (more) => void routes.push(...more),
    openSite: (site) => void sites.push(site),
    listen: (port, host) => listen(front, port, host),
    stop: () => close(front, upgraded),
  };
}

type Door = ConsoleServerOptions & { routes: readonly Route[]; seconds: Distribution };

async function answerSite(door: Door, site: Site, exchange: Exchange): Promise<void> {
  const { request, response, log } = exchange;
  const startedAt = performance.now();
  response.once("close", () => report(exchange, door.seconds, { route: hostnameOf(request), startedAt }));
  try {
    await site.handle(exchange);
  } catch (error) {
    if (!sendError(response, error)) log.error({ err: error, path: exchange.url.pathname }, "request failed");
  }
}

function durationOf(metrics: Metrics): Distribution {
  return metrics.distribution({
    name: "console_http_request_seconds",
    help: "Time from request to end of answer",
    labels: ["route", "method", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/**
 * Takes no more requests, lets the running ones end, and cuts off those that do not. Websockets would never end; their
 * browsers come back to whoever is there next.
 */
async function close(server: Server, upgraded: ReadonlySet<Duplex>): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  for (const socket of upgraded) socket.destroy();
  // A connection becomes idle when its answer has ended, and would then wait for the next request.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cutOff);
}

function toExchange(door: Door, request: IncomingMessage, response: ServerResponse): Exchange {
  const requestId = requestIdFrom(request.headers["x-request-id"]);
  // What runs behind (Next, better-auth) reads the same id from the request.
  request.headers["x-request-id"] = requestId;
  response.setHeader("x-request-id", requestId);
  const { remoteAddress } = request.socket;
  return {
    request,
    response,
    url: pathOf(request, door.baseUrl),
    requestId,
    address: clientAddress(remoteAddress, request.headers["x-forwarded-for"], door.trustedProxies),
    log: door.log.child({ requestId }),
  };
}

async function answer(door: Door, exchange: Exchange): Promise<void> {
  const { response, url, log } = exchange;
  const startedAt = performance.now();
  setSecurityHeaders(response, door.baseUrl.protocol === "https:");
  const route = findRoute(door.routes, url.pathname);
  response.once("close", () => report(exchange, door.seconds, { route: route?.path ?? "none", startedAt }));
  try {
    if (!route) sendProblem(response, 404, `There is nothing at ${url.pathname}.`);
    else if (isAdmitted(door, exchange, route)) await route.handle(exchange);
  } catch (error) {
    if (!sendError(response, error)) log.error({ err: error, path: url.pathname }, "request failed");
  }
}

function isAdmitted(door: Door, exchange: Exchange, route: Route): boolean {
  const { request, response } = exchange;
  if (!mayChangeState(request.method ?? "", request.headers, door.baseUrl.origin)) {
    sendProblem(response, 403, "A change must come from the console's own pages.");
    return false;
  }
  const verdict = judgeBody(request.headers, route);
  if (verdict.kind === "fits") return true;
  response.setHeader("connection", "close");
  sendProblem(response, verdict.status, verdict.detail);
  return false;
}

function report(
  exchange: Exchange,
  seconds: Distribution,
  found: { route: string; startedAt: number },
): void {
  const { request, response, url, address, log } = exchange;
  const ms = Math.round(performance.now() - found.startedAt);
  const method = request.method ?? "";
  const status = response.statusCode;
  seconds.observe(ms / 1000, { route: found.route, method, status: String(status) });
  const isQuiet = quietPaths.has(url.pathname) || isAsset(url.pathname);
  const message = response.writableFinished ? "answered" : "the client left before the answer";
  log[isQuiet ? "debug" : "info"]({ method, path: url.pathname, status, ms, address }, message);
}

function isAsset(path: string): boolean {
  return path.startsWith("/_next/") || (!path.startsWith("/api/") && /\.[a-z0-9]+$/.test(path));
}

/** A request line that is no path ("*", "http://other/") becomes an address that no route has. */
function pathOf(request: IncomingMessage, baseUrl: URL): URL {
  const text = `${baseUrl.origin}${request.url ?? ""}`;
  const isPath = request.url?.startsWith("/") && URL.canParse(text);
  return isPath ? new URL(text) : new URL("/-/unreadable", baseUrl);
}
