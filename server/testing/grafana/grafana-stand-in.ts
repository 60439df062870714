import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import { identityOf, type ReadKeySet, type StandInUser } from "./stand-in-identity.ts";
import { standInPage, standInScript } from "./stand-in-page.ts";
import { type QueryBody, runQueries } from "./stand-in-query.ts";

export type Seen = {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  user: StandInUser | null;
  orgId: number;
};

export type StandInOptions = {
  /** Null: Grafana's default root_url, http://localhost:3000/. */
  rootUrl: URL | null;
  readKeySet: ReadKeySet;
  /** Of the data source of each organisation: an address with its database role. */
  sources?: ReadonlyMap<number, string>;
  /** Which network is which organisation's, for membership. */
  orgs?: ReadonlyMap<number, string>;
  /** Answers of a path other than its own. */
  answers?: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
  port?: number;
};

export type GrafanaStandIn = AsyncDisposable & {
  url: URL;
  seen: Seen[];
  /** Open live sockets. */
  sockets: () => number;
  stop(): Promise<void>;
};

/** Not Grafana: a server that does what Grafana is documented to do where the proxy has to be right. */
export async function openGrafanaStandIn(options: StandInOptions): Promise<GrafanaStandIn> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    answer(options, seen, { request, response }).catch(() => response.writeHead(500).end());
  });
  const live = openLive(options, seen);
  server.on("upgrade", (request, socket, head) => void live.upgrade(request, socket, head));
  const port = await new Promise<number>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const stop = async () => {
    for (const socket of live.server.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const sockets = () => live.server.clients.size;
  return { url: new URL(`http://127.0.0.1:${port}/`), seen, sockets, stop, [Symbol.asyncDispose]: stop };
}

type Call = { request: IncomingMessage; response: ServerResponse };

async function see(options: StandInOptions, seen: Seen[], request: IncomingMessage): Promise<Seen> {
  const { method = "", url = "", headers } = request;
  const user = await identityOf(request, options.readKeySet);
  const named = new URL(url, "http://grafana").searchParams.get("targetOrgId") ?? headers["x-grafana-org-id"];
  const one = { method, url, headers: { ...headers }, user, orgId: Number(named ?? 1) };
  seen.push(one);
  return one;
}

async function answer(options: StandInOptions, seen: Seen[], { request, response }: Call): Promise<void> {
  const { user, orgId } = await see(options, seen, request);
  const path = (request.url ?? "").split("?")[0] ?? "";
  response.setHeader("set-cookie", ["grafana_session=x; Path=/", "grafana_session_expiry=1; Path=/"]);
  response.setHeader("x-frame-options", "deny");
  const own = options.answers?.[path];
  if (own) return own(request, response);
  if (path === "/api/health") return send(response, { database: "ok", version: "12.4.11" });
  if (path.startsWith("/public/")) return sendScript(response);
  if (!user)
    return void (
      path.startsWith("/d") ? response.writeHead(302, { location: "/login" }) : response.writeHead(401)
    ).end();
  const org = options.orgs?.get(orgId);
  if (org !== undefined && !user.networks.includes(org)) return void response.writeHead(403).end();
  if (path.startsWith("/d/")) {
    response.setHeader("content-type", "text/html; charset=UTF-8");
    response.setHeader("content-security-policy", "script-src 'self'");
    return void response.end(standInPage(path.split("/")[2] ?? ""));
  }
  const source = options.sources?.get(orgId);
  if (path === "/api/ds/query" && source) {
    const { results } = await runQueries((await json(request)) as QueryBody, source);
    return send(response, { results });
  }
  send(response, { path, login: user.login, role: user.role, by: user.by, orgId });
}

function send(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(body));
}

function sendScript(response: ServerResponse): void {
  response.setHeader("content-type", "application/javascript");
  response.setHeader("etag", '"one"');
  response.end(standInScript);
}

/** Looks at Origin and identity when a socket is opened, and at nothing afterwards. */
function openLive(options: StandInOptions, seen: Seen[]) {
  const server = new WebSocketServer({ noServer: true });
  server.on("connection", (socket) => {
    const beat = setInterval(() => socket.send('{"tick":true}'), 20);
    socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on("close", () => clearInterval(beat));
    socket.on("error", () => socket.terminate());
  });
  const upgrade = async (request: IncomingMessage, socket: import("node:stream").Duplex, head: Buffer) => {
    const { user } = await see(options, seen, request);
    const { origin, host } = request.headers;
    const root = options.rootUrl ?? new URL("http://localhost:3000/");
    const isAllowed = origin === undefined || new URL(origin).host === host || origin === root.origin;
    if (!isAllowed || !user) return void socket.end(`HTTP/1.1 ${isAllowed ? 401 : 403} No\r\n\r\n`);
    server.handleUpgrade(request, socket, head, (opened) => server.emit("connection", opened, request));
  };
  return { server, upgrade };
}
