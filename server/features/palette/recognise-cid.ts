import { findCid } from "../../kernel/cid/parse-cid.ts";
import { networkById } from "../../kernel/networks.ts";
import type { PaletteCtx, Reach } from "./reach.ts";
import type { CidReading } from "./reading.ts";
import { recognised } from "./recognised.ts";
import type { Recognised } from "./schema.ts";
import { findActivityOf } from "./store.ts";

const contents = {
  "raw-piece": "raw piece",
  "dag-node": "DAG node",
  "multipart-piece": "multipart piece",
} as const;

/** A CID opens whether or not it is known: the page asks the nodes. */
export async function recogniseCid(ctx: PaletteCtx, reading: CidReading, reach: Reach): Promise<Recognised> {
  const bytes = findCid(reading.cid)?.bytes;
  const seen = bytes ? await findActivityOf(ctx.db, reach.networks, bytes) : [];
  const first = seen.find(({ network }) => networkById(network).name === reach.asked) ?? seen[0];
  const network = first ? networkById(first.network).name : reach.asked;
  const bucket = reading.bucket ?? first?.bucket ?? null;
  const query = bucket === null ? "" : `?bucket=${bucket}`;
  return recognised({
    kind: "cid",
    id: reading.cid,
    label: `CID, ${contents[reading.content]}, BLAKE3, well formed`,
    explanation: first
      ? `Seen in recent activity on ${network}, bucket ${first.bucket}.`
      : "Not in recent activity; the nodes may have it all the same.",
    href: `/${network}/data/cids/${reading.cid}${query}`,
    links: [
      { label: "Lineage from here", href: `/${network}/data/lineage?root=cid:${reading.cid}` },
      { label: "Who read it", href: `/${network}/data/access?cid=${reading.cid}` },
    ],
  });
}
