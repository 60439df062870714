import type { NetworkName } from "../../kernel/networks.ts";
import type { Transaction } from "../../ports/database.ts";
import { announceAlerts } from "./store.ts";

/** For other features that write alerts: tells the browsers of a network when the transaction is committed. */
export function announceAlertChanges(tx: Transaction, network: NetworkName, at: Date): Promise<void> {
  return announceAlerts(tx, network, at);
}
