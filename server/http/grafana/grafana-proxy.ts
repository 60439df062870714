import { text } from "node:stream/consumers";
import { dashboards } from "../../features/dashboards/catalogue.ts";
import type { Clock } from "../../kernel/clock.ts";
import { tooMany, unauthenticated } from "../../kernel/errors.ts";
import type { Running } from "../../kernel/lifecycle.ts";
import type { GrafanaKey, GrafanaSite } from "../../ports/grafana.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Sessions } from "../../ports/sessions.ts";
import type { Vault } from "../../ports/vault.ts";
import { judgeBody } from "../body-limit.ts";
import type { Exchange } from "../exchange.ts";
import { sendProblem } from "../problem.ts";
import { hostnameOf, type Site } from "../site.ts";
import { openUpstream } from "./ask-upstream.ts";
import { framePaths } from "./bridge-script.ts";
import { answerEnter, type EnterDoor } from "./enter.ts";
import { type Forwarding, forward, type Wanted } from "./forward.ts";
import { readFrameCookie } from "./frame-cookie.ts";
import { type Identity, setFrameHeaders } from "./frame-headers.ts";
import { FrameSockets, type Handshake, refuseUpgrade } from "./frame-sockets.ts";
import { FrameViewers, type Viewer } from "./frame-viewers.ts";
import { judgeQuery } from "./judge-query.ts";
import { type Judgement, judgeTarget } from "./judge-target.ts";

export type GrafanaProxyOptions = {
  db: EnterDoor["db"];
  sessions: Sessions;
  vault: Vault;
  key: GrafanaKey;
  sites: readonly GrafanaSite[];
  /** Where Grafana is reached from here. */
  upstream: URL;
  /** The host of Grafana's root_url. */
  publicHost: string;
  baseUrl: URL;
  clock: Clock;
  log: Logger;
};

export type GrafanaProxy = Site & Running & { recheck(sessionIds: readonly string[] | "all"): void };

const checkMs = 2_000;
const maxBodyBytes = 256 * 1_024;
const atOnce = 128;
/** Of a token's life; Grafana allows a minute more. */
const tokenSeconds = 30;
const shipped = new Set(dashboards.map(({ uid }) => uid));

/** In front of a Grafana that nobody else reaches: who asks, what they ask and what comes back is decided here. */
export function buildGrafanaProxy(options: GrafanaProxyOptions): GrafanaProxy {
  const { sites, baseUrl, publicHost, log } = options;
  const home = baseUrl.origin;
  const viewers = new FrameViewers(options);
  const upstream = openUpstream(options.upstream);
  const rootOrigin = `${baseUrl.protocol}//${publicHost}${baseUrl.port === "" ? "" : `:${baseUrl.port}`}`;
  const { host } = new URL(rootOrigin);
  const sockets = new FrameSockets({
    viewers,
    upstream: options.upstream,
    publicHost: host,
    rootOrigin,
    log,
  });
  const known = new Map(
    sites.map((site) => {
      const audience = { ...site, isShipped: (uid: string) => shipped.has(uid) };
      return [site.hostname, { upstream, publicHost: host, site, home, audience }] as const;
    }),
  );
  const proxy: Proxy = { options, viewers, sockets, running: { count: 0 } };
  const check = setInterval(() => void viewers.recheck("all"), checkMs);
  return {
    owns: (hostname) => hostname === publicHost || hostname.endsWith(`.${publicHost}`),
    handle: (exchange) => handle(proxy, known.get(hostnameOf(exchange.request)), exchange),
    upgrade: (request, socket, head) =>
      void upgrade(proxy, known.get(hostnameOf(request)), { request, socket, head }),
    recheck: (sessionIds) => void viewers.recheck(sessionIds),
    stop: async () => {
      clearInterval(check);
      sockets.stop();
      upstream.agent.destroy();
    },
  };
}

type Proxy = {
  options: GrafanaProxyOptions;
  viewers: FrameViewers;
  sockets: FrameSockets;
  running: { count: number };
};

async function handle(proxy: Proxy, forwarding: Forwarding | undefined, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  setFrameHeaders(response, proxy.options.baseUrl.origin);
  if (!forwarding) return sendProblem(response, 404, "No network is shown under this name.");
  const { method = "", url: target = "" } = request;
  if (target === framePaths.enter)
    return answerEnter({ ...proxy.options, viewers: proxy.viewers }, forwarding.site, exchange);
  if (!isOwnRequest(exchange, forwarding.site))
    return sendProblem(response, 403, "Only a frame's own page may ask this.");
  if (target === framePaths.alive) {
    await requireViewer(proxy, forwarding.site, exchange);
    response.statusCode = 204;
    return void response.end();
  }
  const judged = judgeTarget(method, target, forwarding.audience);
  if (judged.kind === "refused") return sendProblem(response, judged.status, judged.why);
  if (judged.kind === "socket") return sendProblem(response, 404, "This is asked by a websocket.");
  const size = judgeBody(request.headers, { maxBodyBytes: method === "POST" ? maxBodyBytes : 0 });
  if (size.kind === "refused") return sendProblem(response, size.status, size.detail);
  await answerJudged(proxy, { forwarding, judged, exchange });
}

type Judged = Exclude<Judgement, { kind: "refused" | "socket" }>;
type Asked = { forwarding: Forwarding; judged: Judged; exchange: Exchange };

async function answerJudged(proxy: Proxy, { forwarding, judged, exchange }: Asked): Promise<void> {
  const { request, response } = exchange;
  if (judged.kind === "asset") {
    const wanted: Wanted = { ...judged, identity: null, body: null };
    return withPlace(proxy, exchange, (gone) => forward(forwarding, wanted, { exchange, gone }));
  }
  const viewer = await requireViewer(proxy, forwarding.site, exchange);
  if (judged.kind === "answered") {
    response.setHeader("content-type", "application/json");
    return void response.end(judged.body);
  }
  const sent = request.method === "POST" ? await text(request) : null;
  const body = judged.kind === "query" ? judgeQuery(sent ?? "") : sent;
  const wanted: Wanted = { ...judged, identity: identify(proxy, viewer, forwarding.site), body };
  await withPlace(proxy, exchange, async (gone) => {
    const ended = new AbortController();
    const release = proxy.viewers.hold(viewer, () => {
      ended.abort();
      response.destroy();
    });
    try {
      await forward(forwarding, wanted, { exchange, gone: AbortSignal.any([gone, ended.signal]) });
    } finally {
      release();
    }
  });
}

/** Only so many at once in this process; a browser that leaves ends its own request at Grafana too. */
async function withPlace(
  { running }: Proxy,
  { response }: Exchange,
  work: (gone: AbortSignal) => Promise<void>,
): Promise<void> {
  if (running.count >= atOnce) throw tooMany("Too many panels are asking right now.", 1);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  running.count += 1;
  try {
    await work(gone.signal);
  } catch (error) {
    if (!response.destroyed) throw error;
  } finally {
    running.count -= 1;
  }
}

async function upgrade(
  proxy: Proxy,
  forwarding: Forwarding | undefined,
  handshake: Handshake,
): Promise<void> {
  const { request, socket } = handshake;
  const { log } = proxy.options;
  socket.on("error", () => socket.destroy());
  try {
    if (!forwarding) return refuseUpgrade(socket, 404);
    // Grafana lets a handshake without an Origin pass; here it must be there.
    if (request.headers.origin !== forwarding.site.origin) return refuseUpgrade(socket, 403);
    const { site, audience } = forwarding;
    const judged = judgeTarget("GET", request.url ?? "", audience);
    const isHeld = request.url === framePaths.held;
    if (!isHeld && judged.kind !== "socket") return refuseUpgrade(socket, 404);
    const cookie = readFrameCookie(request.headers, site.origin);
    const viewer = await proxy.viewers.find(cookie, site.network);
    if (!viewer) return refuseUpgrade(socket, 401);
    if (isHeld) return proxy.sockets.hold(viewer, handshake);
    if (judged.kind === "socket")
      proxy.sockets.relay(viewer, judged.target, { ...handshake, identity: identify(proxy, viewer, site) });
  } catch (error) {
    log.warn({ err: error }, "a frame's websocket could not be opened");
    refuseUpgrade(socket, 502);
  }
}

/** A browser says which page a request is from: pages may come from the console, everything else from the frame itself. */
function isOwnRequest({ request }: Exchange, site: GrafanaSite): boolean {
  const { origin, "sec-fetch-site": from, "sec-fetch-mode": mode } = request.headers;
  if (origin !== undefined) return origin === site.origin;
  if (request.method === "POST") return false;
  return from === undefined || from === "same-origin" || from === "none" || mode === "navigate";
}

async function requireViewer(proxy: Proxy, site: GrafanaSite, { request }: Exchange): Promise<Viewer> {
  const cookie = readFrameCookie(request.headers, site.origin);
  const viewer = await proxy.viewers.find(cookie, site.network);
  if (!viewer) throw unauthenticated("The frame's sign-in has ended.");
  return viewer;
}

/** A token of its own for every request, so that what leaks from a log is over before it is read. */
function identify({ options }: Proxy, { person, network }: Viewer, { orgId }: GrafanaSite): Identity {
  const iat = Math.floor(options.clock.now().getTime() / 1000);
  const { id: sub, email } = person;
  const claims = { iss: "cere-console", aud: "grafana", role: "Viewer", org: network } as const;
  return { orgId, token: options.key.sign({ ...claims, sub, email, iat, exp: iat + tokenSeconds }) };
}
