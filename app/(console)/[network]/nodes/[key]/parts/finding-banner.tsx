import type { NodeDetail } from "../../../../../../server/features/nodes/schema.ts";
import { Banner } from "../../../../../_ui/banner.tsx";
import { StalledBanner } from "../../parts/stalled-banner.tsx";
import { stateLooks } from "../../parts/state-looks.ts";

/** What is wrong with this node, in a sentence; nothing while it is online. */
export function FindingBanner({ detail }: { detail: NodeDetail }) {
  const { kind, reason } = detail.node.status;
  if (detail.stalled) return <StalledBanner stalled={detail.stalled} />;
  if (kind === "online") return null;
  const { word, tone } = stateLooks[kind];
  const bannerTone = tone === "crit" ? "crit" : tone === "warn" || tone === "unknown" ? "warn" : "info";
  return (
    <Banner tone={bannerTone} title={`${word}.`}>
      {reason}
    </Banner>
  );
}
