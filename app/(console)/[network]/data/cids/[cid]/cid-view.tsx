"use client";

import { useQueryState } from "nuqs";
import { parseCid } from "../../../../../../server/kernel/cid/parse-cid.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { KnownCid } from "./parts/known-cid.tsx";
import { WrongCid } from "./parts/wrong-cid.tsx";
import { cidParsers } from "./search-params.ts";

/** A CID taken apart in this browser; then, if it is one, what is known of it and what it names. */
export function CidView({ network, text }: { network: NetworkName; text: string }) {
  const [bucket] = useQueryState("bucket", cidParsers.bucket);
  const parsed = parseCid(text);
  if (parsed.kind === "fault") return <WrongCid network={network} text={text} fault={parsed.fault} />;
  return <KnownCid network={network} cid={parsed.cid} bucket={bucket} />;
}
