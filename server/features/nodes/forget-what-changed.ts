import { networkNames, networks } from "../../kernel/networks.ts";
import type { Notice } from "../../kernel/notice.ts";
import type { Database } from "../../ports/database.ts";
import { forgetSight } from "./look-at-fleet.ts";

/** Figures and probes are not among them: they move all the time, and the next look, within a second, shows them. */
const lasting: readonly string[] = ["registry", "nodes.verifications", "system"];

/**
 * Who is told that something changed asks again, and must not be shown what was seen before: such a notice ends the shared
 * look at its network, or at all of them.
 */
export function forgetWhatChanged(db: Pick<Database, "sql">, { topic, network }: Notice): void {
  if (!lasting.includes(topic)) return;
  const concerned =
    network === null ? networkNames : networks.filter(({ id }) => id === network).map(({ name }) => name);
  for (const name of concerned) forgetSight(db, name);
}
