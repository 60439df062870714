import { type NetworkName, networks } from "../../kernel/networks.ts";
import type { Ctx } from "../../ports/ctx.ts";
import { isAllowed } from "../identity/rules.ts";

export type PaletteCtx = Pick<Ctx, "actor" | "db">;

/** Which networks may be told of; the asked one first. */
export type Reach = { asked: NetworkName; networks: readonly number[]; seesPeople: boolean };

export function reachOf({ actor }: PaletteCtx, asked: NetworkName): Reach {
  const visible = networks.filter(({ name }) =>
    isAllowed(actor, "viewer", { network: name, environment: null }),
  );
  const seesPeople = isAllowed(actor, "admin", { network: null, environment: null });
  return { asked, networks: visible.map(({ id }) => id), seesPeople };
}
