import type { AlertCounts } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Tabs } from "../../../../_ui/tabs.tsx";
import { type AlertTab, alertTabs, isAlertView } from "../search-params.ts";

const labels: Record<AlertTab, string> = {
  queue: "Queue",
  acknowledged: "Acknowledged",
  quiet: "Silenced",
  pending: "Pending",
  resolved: "Resolved",
  rules: "Rules",
  silences: "Silences",
  maintenance: "Maintenance",
  routes: "Routes",
  deliveries: "Messages",
};

type AlertTabsProps = { network: NetworkName; tab: AlertTab; counts: AlertCounts | undefined };

export function AlertTabs({ network, tab, counts }: AlertTabsProps) {
  const tabs = alertTabs.map((name) => {
    const count = countOf(name, counts);
    return {
      href: name === "queue" ? `/${network}/alerts` : `/${network}/alerts?tab=${name}`,
      label: labels[name],
      isCurrent: name === tab,
      ...(count !== null && { count: formatNumber(count) }),
    };
  });
  return <Tabs label="Views of the alerts" tabs={tabs} />;
}

function countOf(tab: AlertTab, counts: AlertCounts | undefined): number | null {
  if (!counts || tab === "resolved" || !isAlertView(tab)) return null;
  return counts[tab];
}
