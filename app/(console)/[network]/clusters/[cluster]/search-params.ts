import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { defaultFrom } from "../../../../../server/kernel/time-range.ts";

export const clusterTabs = ["overview", "dashboard"] as const;
export type ClusterTab = (typeof clusterTabs)[number];

export const clusterParsers = { tab: parseAsStringLiteral(clusterTabs).withDefault("overview") };

export const loadClusterParams = createLoader({
  ...clusterParsers,
  from: parseAsString.withDefault(defaultFrom),
  to: parseAsString.withDefault("now"),
});
