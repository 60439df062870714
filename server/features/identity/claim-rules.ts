import type { Grant } from "../../kernel/roles.ts";

/** The roles that the values of a claim give, each once. */
export function grantsOfClaims(
  values: readonly string[],
  map: ReadonlyMap<string, readonly Grant[]>,
): Grant[] {
  const found = values.flatMap((value) => map.get(value) ?? []);
  return [...new Map(found.map((grant) => [keyOf(grant), grant])).values()];
}

/** What has to be given and taken so that `held` (of this source) becomes `wanted`. */
export function changesOfGrants(held: readonly Grant[], wanted: readonly Grant[]) {
  const [heldKeys, wantedKeys] = [held, wanted].map((grants) => new Set(grants.map((grant) => keyOf(grant))));
  return {
    given: wanted.filter((grant) => !heldKeys?.has(keyOf(grant))),
    taken: held.filter((grant) => !wantedKeys?.has(keyOf(grant))),
  };
}

function keyOf({ role, network, environment }: Grant): string {
  return JSON.stringify([role, network, environment]);
}
