import { blockMs, networkById } from "../../kernel/networks.ts";
import { inDuration, inThousands } from "../../kernel/wording.ts";
import type { PaletteCtx, Reach } from "./reach.ts";
import { recognised } from "./recognised.ts";
import type { Recognised } from "./schema.ts";
import { listHeights } from "./store.ts";

/** A height is on every chain; how long ago it was is told for the network that was asked, at 6 s a block. */
export async function recogniseHeight({ db }: PaletteCtx, height: number, reach: Reach): Promise<Recognised> {
  const { asked, networks } = reach;
  const heights = await listHeights(db, networks);
  const newest = heights.find(({ network }) => networkById(network).name === asked)?.height ?? null;
  return recognised({
    kind: "block",
    id: String(height),
    label: `Block height #${inThousands(height)}`,
    explanation: explain(height, newest, asked),
    href: newest !== null && height > newest ? null : `/${asked}/chain/blocks/${height}`,
  });
}

function explain(height: number, newest: number | null, network: string): string {
  if (newest === null) return `No indexer of ${network} says how far its chain is.`;
  const apart = Math.abs(newest - height);
  const time = inDuration(apart * blockMs);
  const head = `${network} is at #${inThousands(newest)}`;
  if (height > newest)
    return `Not there yet: ${head}, ${inThousands(apart)} blocks or about ${time} before it.`;
  return apart === 0 ? `The newest block: ${head}.` : `About ${time} ago: ${head}.`;
}
