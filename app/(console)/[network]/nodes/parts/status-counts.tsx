import Link from "next/link";
import { stateOrder } from "../../../../../server/features/nodes/rules.ts";
import type { NodePage } from "../../../../../server/features/nodes/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Glyph } from "../../../../_ui/glyph.tsx";
import { stateLooks } from "./state-looks.ts";

/** How many nodes of the network are in each state; each count leads to those nodes. */
export function StatusCounts({
  network,
  byStatus,
}: {
  network: NetworkName;
  byStatus: NodePage["byStatus"];
}) {
  const counts = new Map(byStatus.map(({ kind, nodes }) => [kind, nodes]));
  const shown = ["online" as const, ...stateOrder.filter((state) => state !== "online")];
  return shown
    .filter((state) => (counts.get(state) ?? 0) > 0)
    .map((state) => {
      const { word, tone, shape } = stateLooks[state];
      return (
        <Link
          key={state}
          href={`/${network}/nodes?status=${state}`}
          className={state === "online" ? undefined : `status t-${tone}`}
        >
          {state !== "online" && <Glyph tone={tone} {...(shape && { shape })} />}
          <span>
            {formatNumber(counts.get(state))} {word.toLowerCase()}
          </span>
        </Link>
      );
    });
}
