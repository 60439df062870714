import type { IncomingHttpHeaders } from "node:http";

const secureName = "__Host-console.grafana";
const plainName = "console.grafana";

/**
 * Host-only, and kept apart for each page that frames it (Partitioned), so that no other site's frame can use it. On
 * http it is marked Secure only on this machine's own names, where browsers take that.
 */
export function frameCookie(origin: string, value: string): string {
  if (!isTrustworthy(origin)) return `${plainName}=${value}; Path=/; HttpOnly; SameSite=Lax`;
  return `${secureName}=${value}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`;
}

export function readFrameCookie(headers: IncomingHttpHeaders, origin: string): string | null {
  const name = isTrustworthy(origin) ? secureName : plainName;
  const cookies = (headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

function isTrustworthy(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === "https:" || hostname.endsWith(".localhost");
}
