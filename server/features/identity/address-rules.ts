import ipaddr from "ipaddr.js";

/** What counts as one sender: an IPv4 address, or the /64 that a site gets of IPv6. */
export function senderOf(address: string | null): string {
  if (!address || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (!("parts" in parsed)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}
