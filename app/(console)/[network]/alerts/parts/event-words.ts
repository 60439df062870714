import type { AlertEvent } from "../../../../../server/features/alerts/schema.ts";

export const eventWords: Record<AlertEvent["kind"], string> = {
  pending: "over its limit",
  firing: "fires",
  fine: "within its limit again",
  resolved: "resolved",
  acknowledged: "acknowledged it",
  assigned: "assigned it",
  released: "put it back into the queue",
  snoozed: "snoozed it",
  silenced: "silenced it",
  maintenance: "in maintenance",
  maintained: "the maintenance is over",
  inhibited: "explained by another alert",
  uninhibited: "no longer explained by another alert",
  woken: "ended the silence",
};
