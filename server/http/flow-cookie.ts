import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Ties the steps of one sign-in to one browser. Nobody is known by it, so it is not signed; the server keeps its hash. */
export type FlowCookie = { value: string; setCookie: string };

const lifeSeconds = 15 * 60;

/** The one that the browser has, or a new one; either way good for another quarter of an hour. */
export function flowCookie(request: IncomingMessage, baseUrl: URL): FlowCookie {
  const isSecure = baseUrl.protocol === "https:";
  const name = isSecure ? "__Secure-console.flow" : "console.flow";
  const value = cookieValue(request.headers.cookie, name) ?? randomBytes(32).toString("base64url");
  // Lax: an identity provider sends the browser back from another site.
  const attributes = `Path=/api/auth; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return { value, setCookie: `${name}=${value}; ${attributes}` };
}

function cookieValue(header: string | undefined, name: string): string | null {
  const cookies = (header ?? "").split(";").map((cookie) => cookie.trim());
  const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  return value && /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}
