import Link from "next/link";
import type { Inhibitor } from "../../../../../server/features/alerts/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";

/** To the alert that explains another. */
export function InhibitorLink({ network, alert }: { network: NetworkName; alert: Inhibitor }) {
  return (
    <Link className="lk" href={`/${network}/alerts?alert=${alert.id}`}>
      A-{alert.id}, {alert.title}
    </Link>
  );
}
