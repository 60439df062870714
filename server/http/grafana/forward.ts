import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { upstream } from "../../kernel/errors.ts";
import type { GrafanaSite } from "../../ports/grafana.ts";
import type { Exchange } from "../exchange.ts";
import { sendProblem } from "../problem.ts";
import { askUpstream, boundedBytes, type Upstream } from "./ask-upstream.ts";
import { awayPage } from "./away-page.ts";
import { bridgeScript } from "./bridge-script.ts";
import { framePolicy, type Identity, passHeadersDown, upstreamHeaders } from "./frame-headers.ts";
import { type Audience, type Judgement, judgeTarget } from "./judge-target.ts";

export type Forwarding = {
  upstream: Upstream;
  /** The host of Grafana's root_url. */
  publicHost: string;
  site: GrafanaSite;
  /** Origin of the console. */
  home: string;
  audience: Audience;
};

export type Wanted = {
  kind: "page" | "asset" | "data" | "query";
  target: string;
  identity: Identity;
  body: string | null;
};

const limitsMs = { page: 10_000, asset: 30_000, data: 15_000, query: 30_000 };
const maxAnswerBytes = 32 * 2 ** 20;
const maxPageBytes = 4 * 2 ** 20;

/** Passes one judged request on and its answer back. `gone` fires when the viewer left or lost the right to it. */
export async function forward(
  forwarding: Forwarding,
  wanted: Wanted,
  { exchange, gone }: { exchange: Exchange; gone: AbortSignal },
): Promise<void> {
  const { request, response } = exchange;
  const { kind, target, identity, body } = wanted;
  const encodings = kind === "page" ? "identity" : "gzip";
  const host = forwarding.publicHost;
  const headers = upstreamHeaders(request.headers, { host, identity, encodings });
  const call = { method: request.method ?? "GET", target, headers, body, limitMs: limitsMs[kind] };
  const answer = await askUpstream(forwarding.upstream, call, gone).catch((error: unknown) => {
    if (kind !== "page" || gone.aborted) throw error;
    exchange.log.info({ err: error }, "Grafana gave no page");
    return null;
  });
  if (!answer) return awayPage(response, { home: forwarding.home, reason: "Grafana cannot be reached." });
  try {
    if (kind === "page") await sendPage(forwarding, answer, exchange);
    else await sendRest(wanted, answer, exchange);
  } finally {
    answer.destroy();
  }
  if (!response.writableEnded) response.destroy();
}

/** HTML is changed on its way, so it is read whole. Anything but a page of Grafana's becomes a page that says so. */
async function sendPage(
  forwarding: Forwarding,
  answer: IncomingMessage,
  { response }: Exchange,
): Promise<void> {
  const { home, site, audience } = forwarding;
  const status = answer.statusCode ?? 502;
  const moved = status >= 300 && status < 400 && status !== 304;
  if (moved) {
    const next = redirectOf(answer, audience, [site.origin, new URL(`http://${forwarding.publicHost}`).host]);
    if (next?.kind !== "page") return awayPage(response, { home, reason: "Grafana leads elsewhere." });
    response.statusCode = 302;
    response.setHeader("location", next.target);
    return void response.end();
  }
  if (status !== 200 || !isHtml(answer))
    return awayPage(response, { home, reason: `Grafana answers ${status}.` });
  const html = await text(answer.pipe(boundedBytes(maxPageBytes)));
  response.statusCode = 200;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", framePolicy(site.origin, home));
  response.end(withBridge(html, home));
}

async function sendRest(
  { kind, target }: Wanted,
  answer: IncomingMessage,
  { response }: Exchange,
): Promise<void> {
  const status = answer.statusCode ?? 502;
  if (status >= 300 && status < 400 && status !== 304)
    return sendProblem(response, 502, "Grafana leads elsewhere.");
  if (isHtml(answer)) return sendProblem(response, 502, "Grafana answers with a page where there is none.");
  response.statusCode = status;
  passHeadersDown(answer.headers, response);
  if (kind === "asset" && status < 400) response.setHeader("cache-control", cacheOf(target));
  if (status === 304) return void response.end();
  await pipeline(answer, boundedBytes(maxAnswerBytes), response);
}

/** Where Grafana sends the browser, judged like any address that is asked; null for another host. */
function redirectOf(answer: IncomingMessage, audience: Audience, own: readonly string[]): Judgement | null {
  const { location = "" } = answer.headers;
  if (!location.startsWith("/") || location.startsWith("//")) {
    if (!URL.canParse(location)) return null;
    const { origin, host, pathname, search } = new URL(location);
    return own.includes(origin) || own.includes(host)
      ? judgeTarget("GET", `${pathname}${search}`, audience)
      : null;
  }
  return judgeTarget("GET", location, audience);
}

/** The bridge runs before any script of Grafana's. */
function withBridge(html: string, home: string): string {
  const script = bridgeScript(home);
  const head = /<head(?:\s[^>]*)?>/i.exec(html);
  if (!head) throw upstream("Grafana", new Error("its page has no head"));
  const position = head.index + head[0].length;
  return `${html.slice(0, position)}${script}${html.slice(position)}`;
}

function isHtml({ headers }: IncomingMessage): boolean {
  return /^\s*(?:text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "");
}

/** Names of built files carry a hash of what is in them. */
function cacheOf(target: string): string {
  return target.startsWith("/public/build/") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
}
