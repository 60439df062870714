import ipaddr from "ipaddr.js";

/**
 * The address that a request came from. X-Forwarded-For is read from the right, and only as far as the hops in between
 * are trusted proxies: whatever stands left of them is the client's own claim.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | string[] | undefined,
  trustedProxies: readonly string[],
): string | null {
  if (!peer) return null;
  const claimed = [forwardedFor ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((hop) => hop.trim());
  let address = peer;
  for (const hop of claimed.filter(Boolean).reverse()) {
    if (!isWithin(address, trustedProxies)) break;
    address = hop;
  }
  return normalize(address);
}

function isWithin(address: string, ranges: readonly string[]): boolean {
  const parsed = parsedOrNull(address);
  if (!parsed) return false;
  return ranges.some((range) => {
    const [network, bits] = ipaddr.parseCIDR(range);
    return parsed.kind() === network.kind() && parsed.match(network, bits);
  });
}

function normalize(address: string): string | null {
  return parsedOrNull(address)?.toString() ?? null;
}

/** An IPv4 address inside IPv6 (::ffff:10.0.0.1) counts as IPv4. */
function parsedOrNull(address: string) {
  try {
    return ipaddr.process(address);
  } catch {
    return null;
  }
}
