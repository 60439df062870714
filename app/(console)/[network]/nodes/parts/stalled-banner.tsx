import type { Stalled } from "../../../../../server/features/nodes/schema.ts";
import { Banner } from "../../../../_ui/banner.tsx";
import { Time } from "../../../../_ui/time.tsx";

/** The road stands still, not the nodes: said once over the figures, so that nobody calls the wrong person. */
export function StalledBanner({ stalled }: { stalled: Stalled | null | undefined }) {
  if (!stalled) return null;
  return (
    <Banner tone="warn" title="No new figures.">
      {stalled.reason}
      {stalled.since && (
        <>
          , since <Time at={stalled.since} form="clock" />
        </>
      )}
      . What is shown is the last that was heard; it says nothing about the nodes.
    </Banner>
  );
}
