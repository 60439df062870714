import type { IncomingHttpHeaders } from "node:http";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * May this request change state? A browser says where a request comes from (Fetch Metadata, Origin) and cannot be made
 * to lie by a page; only requests of our own pages pass. Other programs send neither: they pass only without a cookie,
 * so that no session can be ridden.
 */
export function mayChangeState(method: string, headers: IncomingHttpHeaders, baseOrigin: string): boolean {
  return safeMethods.has(method) || isOwnPage(headers, baseOrigin);
}

/** The same rule for a websocket handshake, which is a GET. */
export function isOwnPage(headers: IncomingHttpHeaders, baseOrigin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = headers;
  if (origin !== undefined) return origin === baseOrigin || isOriginOfHost(origin, headers.host);
  return site !== undefined || headers.cookie === undefined;
}

function isOriginOfHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
