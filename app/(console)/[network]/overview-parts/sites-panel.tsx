import Link from "next/link";
import type { Overview, Site } from "../../../../server/features/overview/schema.ts";
import type { NetworkName } from "../../../../server/kernel/networks.ts";
import { cx } from "../../../_ui/cx.ts";
import { formatNumber } from "../../../_ui/format/number.ts";
import { Panel } from "../../../_ui/panel.tsx";
import { stateLooks } from "../nodes/parts/state-looks.ts";

type SitesPanelProps = { network: NetworkName; overview: Overview };

/** A square a node, by site: the healthy ones are quiet, the others carry a sign. */
export function SitesPanel({ network, overview }: SitesPanelProps) {
  const state =
    overview.sites.length === 0
      ? ({
          kind: "empty",
          title: "No nodes yet",
          children: "Nodes appear when the chain registers one, or when one reports.",
        } as const)
      : ({ kind: "data" } as const);
  return (
    <Panel title="Nodes by site" sub="ops/s at right" age={{ at: overview.nodes.heardAt }} state={state}>
      <ul className="sites">
        {overview.sites.map((site) => (
          <SiteRow key={site.site} network={network} site={site} />
        ))}
      </ul>
    </Panel>
  );
}

const signs = { ok: "", idle: "", info: "↓", warn: "!", crit: "!", unknown: "?" };

function SiteRow({ network, site }: { network: NetworkName; site: Site }) {
  return (
    <li>
      <span className="site-name">
        <span className="mono">{site.site}</span>
        <small>{site.region ?? "region not reported"}</small>
      </span>
      <span className="site-nodes">
        {site.nodes.map(({ key, name, status }) => {
          const { tone, word } = stateLooks[status.kind];
          return (
            <Link
              key={key}
              href={`/${network}/nodes/${key}`}
              prefetch={false}
              className={cx("site-node", `site-${tone}`)}
              aria-label={`${name}: ${word}`}
              data-tip={status.kind === "online" ? name : `${name}: ${status.reason}`}
            >
              {signs[tone]}
            </Link>
          );
        })}
      </span>
      <span className="num">{formatNumber(site.opsPerSecond)}</span>
    </li>
  );
}
