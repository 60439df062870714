import { promises as dns } from "node:dns";
import { isIP } from "node:net";
import { type AllowList, isReachable } from "./address-guard.ts";

export type Resolve = (host: string, signal: AbortSignal) => Promise<string[]>;

/** `address` is where to connect: what the name leads to a moment later changes nothing. */
export type CheckedAddress =
  | { kind: "reachable"; host: string; address: string }
  | { kind: "invalid" | "blocked"; detail: string };

type Guard = { allow: AllowList; resolve?: Resolve | undefined };

/** Judges the address that a registered node's name leads to. Rejects when the name does not resolve. */
export async function checkAddress(
  target: { host: string; domain: string | null },
  { allow, resolve = resolveByServer }: Guard,
  signal: AbortSignal,
): Promise<CheckedAddress> {
  const host = (target.domain ?? target.host).toLowerCase();
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9.])?$/.test(host))
    return { kind: "invalid", detail: "The chain registered an address that is no host name." };
  const addresses = isIP(host) === 0 ? await resolve(host, signal) : [host];
  const address = addresses.find((candidate) => isReachable(candidate, host, allow));
  if (address !== undefined) return { kind: "reachable", host, address };
  const detail = `${host} leads to ${addresses.join(", ")}, which is not public; PROBE_ALLOW permits exceptions.`;
  return { kind: "blocked", detail };
}

/** As a name stands before a port. */
export function nameOf(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

/** By the name server alone: it can be cancelled, and a slow one does not hold up the process's file work. */
async function resolveByServer(host: string, signal: AbortSignal): Promise<string[]> {
  signal.throwIfAborted();
  const resolver = new dns.Resolver({ timeout: 1_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (addresses.length === 0) throw answers.find((answer) => answer.status === "rejected")?.reason;
    return addresses;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
