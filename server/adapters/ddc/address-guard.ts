import ipaddr from "ipaddr.js";

/** CIDRs and host names that may be reached although they are not public. */
export type AllowList = {
  ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
  hosts: ReadonlySet<string>;
};

export function parseAllowList(entries: readonly string[]): AllowList {
  const ranges: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  const hosts = new Set<string>();
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) ranges.push(ipaddr.parseCIDR(entry));
    else if (ipaddr.isValid(entry)) ranges.push(hostRange(ipaddr.parse(entry)));
    else hosts.add(entry.toLowerCase());
  }
  return { ranges, hosts };
}

/** A public address of one cloud that answers with its machines' secrets (Azure's wire server). */
const metadataAddresses = new Set(["168.63.129.16"]);
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** May a connection go to this address, which `host` resolved to? Loopback, private, link-local and metadata may not. */
export function isReachable(address: string, host: string, allow: AllowList): boolean {
  if (!ipaddr.isValid(address)) return false;
  if (allow.hosts.has(host.toLowerCase())) return true;
  // An IPv4 address inside an IPv6 one is judged as what it leads to.
  const parsed = ipaddr.process(address);
  if (allow.ranges.some(([range, bits]) => range.kind() === parsed.kind() && parsed.match([range, bits])))
    return true;
  if (metadataAddresses.has(parsed.toString()) || parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(globalUnicast);
}

function hostRange(address: ipaddr.IPv4 | ipaddr.IPv6): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
