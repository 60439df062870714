import type { IncomingMessage } from "node:http";
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from "jose";

export type StandInUser = { login: string; role: string; by: string; networks: readonly string[] };
export type ReadKeySet = () => Promise<JSONWebKeySet>;

const everybody = ["mainnet", "testnet", "devnet"];

/**
 * Who Grafana would take a request for: JWT, then basic, then auth.proxy, then its session; one that fails falls through
 * to the next. A token without `exp` is good for ever, and every time has a minute of leeway.
 */
export async function identityOf(
  { headers, url }: IncomingMessage,
  readKeySet: ReadKeySet,
): Promise<StandInUser | null> {
  const names = new URL(url ?? "/", "http://grafana").searchParams;
  const token = headers["x-jwt-assertion"] ?? names.get("auth_token");
  const user = typeof token === "string" ? await byToken(token, await readKeySet()) : null;
  if (user) return user;
  if (headers.authorization) return { login: "admin", role: "Admin", by: "basic", networks: everybody };
  const proxied = headers["x-webauth-user"];
  if (typeof proxied === "string") return { login: proxied, role: "Admin", by: "proxy", networks: everybody };
  if (headers.cookie?.includes("grafana_session="))
    return { login: "admin", role: "Admin", by: "session", networks: everybody };
  return null;
}

async function byToken(token: string, keySet: JSONWebKeySet): Promise<StandInUser | null> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keySet), {
      algorithms: ["ES256"],
      issuer: "cere-console",
      audience: "grafana",
      clockTolerance: 60,
    });
    return protectedHeader.kid ? toUser(payload) : null;
  } catch {
    return null;
  }
}

/** `role_attribute_strict`: without a role nobody is let in. */
function toUser({ sub, role, org }: JWTPayload): StandInUser | null {
  if (!sub || typeof role !== "string") return null;
  return { login: sub, role, by: "jwt", networks: typeof org === "string" ? [org] : [] };
}
