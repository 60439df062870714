import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocket } from "ws";
import { grafanaKeyOf } from "../../adapters/grafana/grafana-key.ts";
import { grafanaSitesOf } from "../../adapters/grafana/grafana-sites.ts";
import { buildMetrics } from "../../adapters/metrics/build-metrics.ts";
import { getFrame } from "../../features/dashboards/get-frame.ts";
import { buildSessions } from "../../features/identity/build-sessions.ts";
import { buildConsoleServer } from "../../http/console-server.ts";
import type { Route } from "../../http/exchange.ts";
import { buildGrafanaProxy, type GrafanaProxy } from "../../http/grafana/grafana-proxy.ts";
import { grafanaKeySetRoute } from "../../http/grafana/key-set-route.ts";
import { systemClock } from "../../kernel/clock.ts";
import type { NetworkName } from "../../kernel/networks.ts";
import type { Actor } from "../../kernel/roles.ts";
import type { Database } from "../../ports/database.ts";
import { aCtx, silentLogger } from "../a-ctx.ts";
import { aDeps } from "../a-deps.ts";
import { insertPerson } from "../insert-person.ts";
import { anIssuer, signedInHeaders } from "../sign-in-person.ts";

export const frameSecret = "a secret that only tests use, 0123456789abcdef";

export type FrameConsole = AsyncDisposable & {
  port: number;
  /** Origin of the console's own pages. */
  home: string;
  proxy: GrafanaProxy;
  /** Somebody signed in who may see these networks; null = all. */
  somebody(network?: NetworkName | null): Promise<{ personId: string; actor: Actor }>;
  ticketOf(actor: Actor, network: NetworkName): Promise<string>;
  /** The cookie that a frame of this viewer has. */
  enter(actor: Actor, network?: NetworkName): Promise<string>;
};

export type FrameConsoleOptions = {
  db: Database;
  upstream: URL;
  routes?: readonly Route[];
  port?: number;
  secret?: string;
};

export const publicHost = "grafana.localhost";
const orgs = new Map<NetworkName, number>([
  ["mainnet", 1],
  ["testnet", 2],
]);

/** The console's door with Grafana's hosts on it, in front of whatever stands at `upstream`. */
export async function openFrameConsole(options: FrameConsoleOptions): Promise<FrameConsole> {
  const { db, upstream, routes = [] } = options;
  const port = options.port ?? (await freePort());
  const baseUrl = new URL(`http://localhost:${port}`);
  const key = grafanaKeyOf(options.secret ?? frameSecret);
  const issuer = anIssuer(db, baseUrl.href);
  const sessions = buildSessions({ db, clock: systemClock, issuer });
  const sites = grafanaSitesOf({ baseUrl, publicHost, orgs });
  const { vault, self } = aDeps();
  const isUp = async () => ({ kind: "up", version: "12", checkedAt: "" }) as const;
  const grafana = { sites, state: isUp, known: isUp };
  const deps = aDeps({ grafana, vault, self: { ...self, baseUrl: baseUrl.href } });
  const common = { db, sessions, vault, key, sites, upstream, publicHost, baseUrl };
  const proxy = buildGrafanaProxy({ ...common, clock: systemClock, log: silentLogger });
  const door = buildConsoleServer({
    baseUrl,
    trustedProxies: [],
    log: silentLogger,
    metrics: buildMetrics({}),
  });
  door.open([grafanaKeySetRoute(key), ...routes]);
  door.openSite(proxy);
  await door.listen(port, "127.0.0.1");
  const ticketOf = async (actor: Actor, network: NetworkName) => {
    const frame = await getFrame(aCtx({ db, actor, deps, clock: systemClock }), { network });
    if (frame.kind !== "frame") throw new Error(`no frame: ${frame.why}`);
    return frame.ticket;
  };
  return {
    port,
    home: baseUrl.origin,
    proxy,
    ticketOf,
    somebody: (network = null) => somebody(db, sessions, network),
    enter: async (actor, network = "mainnet") => {
      const body = await ticketOf(actor, network);
      const answer = await ask(port, "/-/enter", {
        method: "POST",
        body,
        network,
        headers: { origin: baseUrl.origin },
      });
      return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    },
    [Symbol.asyncDispose]: async () => {
      await proxy.stop();
      await door.stop();
    },
  };
}

async function somebody(
  db: Database,
  sessions: ReturnType<typeof buildSessions>,
  network: NetworkName | null,
): Promise<{ personId: string; actor: Actor }> {
  const person = await insertPerson(db, { grants: [{ role: "viewer", network, environment: null }] });
  const actor = await sessions.findActor(await signedInHeaders(db, { email: person.email }));
  if (!actor) throw new Error("Nobody is signed in.");
  return { personId: person.id, actor };
}

export type Ask = {
  method?: string;
  body?: string;
  network?: string;
  headers?: Record<string, string | string[]>;
};
export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request as it stands: no client tidies its path, and any header may be forged. */
export function ask(port: number, path: string, given: Ask = {}): Promise<Answer> {
  const { method = "GET", body, network = "mainnet", headers = {} } = given;
  return new Promise((resolve, reject) => {
    const host = `${network}.${publicHost}:${port}`;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = httpRequest(
      { host: "127.0.0.1", port, method, path, headers: { host, ...length, ...headers }, agent: false },
      (response) =>
        void text(response).then(
          (read) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }),
          reject,
        ),
    );
    request.on("error", reject);
    request.end(body);
  });
}

export type Dialled = {
  socket: WebSocket;
  heard: () => number;
  closed: Promise<{ code: number; reason: string }>;
};

/** A websocket to a frame's host; rejects with the status that refused it. */
export function dial(
  port: number,
  path: string,
  headers: Record<string, string>,
  network = "mainnet",
): Promise<Dialled> {
  const host = `${network}.${publicHost}:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { host, ...headers } });
  let heard = 0;
  socket.on("message", () => {
    heard += 1;
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve({ socket, heard: () => heard, closed }));
    socket.on("unexpected-response", (_request, response) => reject(new Error(String(response.statusCode))));
    socket.on("error", reject);
  });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
