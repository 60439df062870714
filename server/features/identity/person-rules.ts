import type { Grant } from "../../kernel/roles.ts";

/** An admin without bounds: the only one who can let people in. */
export function isAdminEverywhere(grants: readonly Grant[]): boolean {
  return grants.some(({ role, network, environment }) => role === "admin" && !network && !environment);
}

const browsers = [
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/^curl\//, "curl"],
] as const;

const systems = [
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
] as const;

/** "Firefox, Linux" out of a User-Agent header; null when nothing in it is known. The order settles who imitates whom. */
export function describeDevice(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const named = [browsers, systems].map((table) => table.find(([pattern]) => pattern.test(userAgent))?.[1]);
  return named.filter(Boolean).join(", ") || null;
}
