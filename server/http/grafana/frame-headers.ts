import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Headers of the browser that Grafana is told; every other one ends here, whatever it is called. */
const passedUp = [
  "accept",
  "accept-language",
  "content-type",
  "if-modified-since",
  "if-none-match",
  "x-dashboard-uid",
  "x-datasource-uid",
  "x-panel-id",
  "x-panel-plugin-id",
  "x-plugin-id",
  "x-query-group-id",
] as const;
/** And the other way: no cookies, no policies, no names of software. */
const passedDown = ["content-type", "content-encoding", "etag", "last-modified", "vary"] as const;

/** Null: nobody is named, as for files that are the same for everybody. */
export type Identity = { token: string; orgId: number } | null;

export type UpstreamRequest = { host: string; identity: Identity; encodings: "identity" | "gzip" };

export function upstreamHeaders(
  given: IncomingHttpHeaders,
  { host, identity, encodings }: UpstreamRequest,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = { host, "user-agent": "cere-console", "accept-encoding": encodings };
  for (const name of passedUp) {
    const value = given[name];
    if (typeof value === "string") headers[name] = value;
  }
  if (identity) {
    headers["x-jwt-assertion"] = identity.token;
    headers["x-grafana-org-id"] = String(identity.orgId);
  }
  return headers;
}

export function passHeadersDown(given: IncomingHttpHeaders, response: ServerResponse): void {
  for (const name of passedDown) {
    const value = given[name];
    if (typeof value === "string") response.setHeader(name, value);
  }
}

const twoYearsSeconds = 63_072_000;

/** On everything that Grafana's host answers. `home` is the console's origin, the only page that may frame it. */
export function setFrameHeaders(response: ServerResponse, home: string): void {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()");
  response.setHeader("content-security-policy", `default-src 'none'; frame-ancestors ${home}`);
  response.setHeader("cache-control", "no-store");
  if (home.startsWith("https:"))
    response.setHeader("strict-transport-security", `max-age=${twoYearsSeconds}; includeSubDomains`);
}

/**
 * For Grafana's pages, in place of whatever it sends: it runs inline scripts and compiles expressions, so what protects
 * the console is that this is another origin; what leaves the page goes to this origin alone.
 */
export function framePolicy(origin: string, home: string): string {
  const sockets = origin.replace(/^http/, "ws");
  return [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${sockets}`,
    "worker-src 'self' blob:",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${home}`,
  ].join("; ");
}
