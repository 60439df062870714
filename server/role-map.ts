import { z } from "zod";
import { environmentNames, grantSchema } from "./features/identity/schema.ts";
import { networkNames } from "./kernel/networks.ts";
import type { Grant } from "./kernel/roles.ts";

/** "admins=admin, ops=operator:mainnet, ops=developer:dev" as claim value → roles. */
export const roleMapSchema = z.string().transform((text, issues): ReadonlyMap<string, readonly Grant[]> => {
  const map = new Map<string, Grant[]>();
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const [, value = "", meant = ""] = /^\s*(.+)=([^=]+?)\s*$/.exec(pair) ?? [];
    const grant = toGrant(meant);
    if (grant === null) {
      issues.addIssue({
        code: "custom",
        message: `must be value=role[:network][:environment]; "${pair.trim()}" is not`,
      });
      return z.NEVER;
    }
    map.set(value, [...(map.get(value) ?? []), grant]);
  }
  return map;
});

function toGrant(meant: string): Grant | null {
  const [role, ...places] = meant.split(":");
  const network = places.find((place) => networkNames.some((name) => name === place)) ?? null;
  const environment = places.find((place) => environmentNames.some((name) => name === place)) ?? null;
  const understood = [network, environment].filter((place) => place !== null).length;
  const grant = grantSchema.safeParse({ role, network, environment });
  return grant.success && understood === places.length ? grant.data : null;
}
