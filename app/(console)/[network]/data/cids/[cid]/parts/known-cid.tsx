"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { PieceDetail } from "../../../../../../../server/features/inventory/schema.ts";
import type { Cid } from "../../../../../../../server/kernel/cid/cid.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../../../_shell/crumb-label.ts";
import { formatBytes } from "../../../../../../_ui/format/bytes.ts";
import { shorten } from "../../../../../../_ui/format/shorten.ts";
import { LinkButton } from "../../../../../../_ui/link-button.tsx";
import { PageHead } from "../../../../../../_ui/page-head.tsx";
import { Sheet } from "../../../../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../../../../_ui/what-is-this.tsx";
import { AskedPanel } from "../../../parts/asked-panel.tsx";
import { bucketHref } from "../../../parts/bucket-columns.tsx";
import { lineageHref } from "../../../parts/lineage-href.ts";
import { ServedPanel } from "../../../parts/served-panel.tsx";
import { VerifyEntry } from "../verify/verify-entry.tsx";
import { AboutPanel } from "./about-panel.tsx";
import { AnatomyPanel } from "./anatomy-panel.tsx";
import { LinksPanel } from "./look/links-panel.tsx";
import { LookPanel } from "./look/look-panel.tsx";
import { PlacesPanel } from "./places-panel.tsx";

type KnownCidProps = { network: NetworkName; cid: Cid; bucket: string | null };

export function KnownCid({ network, cid, bucket }: KnownCidProps) {
  const trpc = useTRPC();
  useLiveInvalidation(network);
  useCrumbLabel(shorten(cid.text, 11, 5));
  const input = { network, cid: cid.text, bucket };
  const detail = useQuery(trpc.inventory.piece.queryOptions(input));
  const newest = useQuery(trpc.inventory.pieceNewest.queryOptions(input));
  const place = placeOf(detail.data, bucket);
  return (
    <>
      <PageHead
        title={shorten(cid.text, 14, 8)}
        what={<WhatACidIs />}
        meta={<CidMeta network={network} cid={cid} detail={detail.data} />}
        actions={<LinkButton href={lineageHref(network, `content:${cid.text}`)}>Lineage</LinkButton>}
      />
      <Sheet columns="minmax(0, 1.6fr) minmax(0, 1fr)">
        <div className="panel-stack">
          <AnatomyPanel cid={cid} />
          {place && <VerifyEntry key={cid.text} network={network} cid={cid} {...place} />}
          {place && <ContentPanel network={network} cid={cid} bucket={place.bucket} />}
          <PlacesPanel network={network} query={detail} />
        </div>
        <div className="panel-stack">
          <AboutPanel network={network} query={detail} />
          <ServedPanel network={network} query={newest} />
          <AskedPanel query={newest} />
        </div>
      </Sheet>
    </>
  );
}

/** Where nodes can be asked for it: the bucket of the address, or the one in which it is known. */
function placeOf(detail: PieceDetail | undefined, bucket: string | null) {
  const known = detail?.bucket ?? null;
  const asked = bucket ?? known?.bucket ?? null;
  if (asked === null) return null;
  const isKnown = known !== null && known.bucket === asked && known.visibility !== "unregistered";
  return { bucket: asked, isPublic: isKnown ? known.visibility === "public" : null };
}

/** A DAG node is its links; everything else is looked at as bytes. */
function ContentPanel({ network, cid, bucket }: { network: NetworkName; cid: Cid; bucket: string }) {
  const address = { network, bucket, cid: cid.text };
  return cid.kind === "dag-node" ? <LinksPanel {...address} /> : <LookPanel {...address} />;
}

type CidMetaProps = { network: NetworkName; cid: Cid; detail: PieceDetail | undefined };

function CidMeta({ network, cid, detail }: CidMetaProps) {
  const bucket = detail?.bucket ?? null;
  const place = detail?.places.find((known) => known.bucket === bucket?.bucket);
  return (
    <>
      <span>{kindNames[cid.kind]}</span>
      {bucket && (
        <Link href={bucketHref(network, bucket.bucket)} prefetch={false}>
          bucket {bucket.bucket}
        </Link>
      )}
      {place?.sizeBytes != null && <span>{formatBytes(place.sizeBytes)}</span>}
    </>
  );
}

export const kindNames: Record<Cid["kind"], string> = {
  "dag-node": "DAG node",
  "raw-piece": "Raw piece",
  "multipart-piece": "Multipart piece",
};

function WhatACidIs() {
  return (
    <WhatIsThis title="A CID">
      <p>
        The name of content, made of the content itself: the BLAKE3 hash of its bytes with four bytes before
        it that say how to read them. The same bytes have the same CID in every bucket and on every network.
      </p>
      <p>
        So whatever a node answers can be checked here, without trusting the node or this console's server.
      </p>
    </WhatIsThis>
  );
}
