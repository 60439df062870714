import type { AlertView } from "../../../../../server/features/alerts/schema.ts";

/** What an empty view means, and what would fill it. */
export const emptyViews: Record<AlertView | "filtered", { title: string; children: string }> = {
  queue: {
    title: "Nothing waits for you",
    children: "No rule fires that somebody has not taken or silenced.",
  },
  acknowledged: {
    title: "Nobody looks after anything",
    children: "Alerts that somebody acknowledged stand here.",
  },
  quiet: {
    title: "Nothing is hidden",
    children:
      "Alerts that are snoozed, silenced, in maintenance or explained by another alert stand here until that ends.",
  },
  pending: {
    title: "Nothing is about to fire",
    children: "A figure over its limit stands here until it has lasted as long as its rule asks.",
  },
  resolved: {
    title: "Nothing has resolved",
    children: "Alerts stand here once their figure was fine for a minute.",
  },
  filtered: { title: "Nothing fits the filter", children: "Take a filter out, or look into another view." },
};
