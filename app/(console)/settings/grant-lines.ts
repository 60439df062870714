import { type Grant, type Role, roles } from "../../../server/kernel/roles.ts";

export type GrantPlace = { network: string | null; environment: string | null };
export type GrantLine = { role: Role; places: readonly GrantPlace[] };

/** One line a role, the strongest first, with the places where it is held; everywhere swallows the rest. */
export function grantLines(grants: readonly Grant[]): GrantLine[] {
  return [...roles].reverse().flatMap((role) => {
    const places = grants.filter((grant) => grant.role === role);
    const everywhere = places.find(({ network, environment }) => network === null && environment === null);
    if (places.length === 0) return [];
    const shown = everywhere ? [everywhere] : places;
    return [{ role, places: shown.map(({ network, environment }) => ({ network, environment })) }];
  });
}
