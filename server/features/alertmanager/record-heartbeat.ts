import { type NetworkName, networkByName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";

/** The alert that always fires has come: what brought it serves these networks. */
export async function recordHeartbeat(
  tx: Transaction,
  networks: readonly NetworkName[],
  at: Date,
): Promise<void> {
  const ids = networks.map((name) => networkByName(name).id);
  await tx.$executeRaw`
    INSERT INTO alertmanager_heartbeat (network, at) SELECT unnest(${ids}::smallint[]), ${at}
    ON CONFLICT (network) DO UPDATE SET at = greatest(alertmanager_heartbeat.at, excluded.at)`;
}
