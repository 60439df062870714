"use client";

import { useQuery } from "@tanstack/react-query";
import type { BucketDetail } from "../../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { useLiveInvalidation } from "../../../../../_client/live/live-provider.tsx";
import { useTRPC } from "../../../../../_client/trpc.tsx";
import { useCrumbLabel } from "../../../../../_shell/crumb-label.ts";
import { useTimeRange } from "../../../../../_shell/time-range/use-time-range.ts";
import { formatBytes } from "../../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../../_ui/format/number.ts";
import { Id } from "../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../_ui/key-value.tsx";
import { LinkButton } from "../../../../../_ui/link-button.tsx";
import { PageFailure } from "../../../../../_ui/page-failure.tsx";
import { PageHead } from "../../../../../_ui/page-head.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { queryState } from "../../../../../_ui/query-panel.tsx";
import { Sheet } from "../../../../../_ui/sheet.tsx";
import { WhatIsThis } from "../../../../../_ui/what-is-this.tsx";
import { AskedPanel } from "../../parts/asked-panel.tsx";
import { chainFacts } from "../../parts/bucket-peek.tsx";
import { lineageHref } from "../../parts/lineage-href.ts";
import { ServedPanel } from "../../parts/served-panel.tsx";
import { VisibilityWord } from "../../parts/visibility-word.tsx";
import { BucketFigures } from "./parts/bucket-figures.tsx";
import { BucketHistoryPanel } from "./parts/bucket-history-panel.tsx";
import { ChargesPanel } from "./parts/charges-panel.tsx";
import { CountsPanel } from "./parts/counts-panel.tsx";
import { HowKnownPanel } from "./parts/how-known-panel.tsx";
import { NamesPanel } from "./parts/names-panel.tsx";
import { ObjectsPanel } from "./parts/objects-panel.tsx";

type BucketViewProps = { network: NetworkName; bucket: string };

/** One bucket: what is known to be in it and how, who used it, and what its owner paid. */
export function BucketView({ network, bucket }: BucketViewProps) {
  const trpc = useTRPC();
  const { range, zoomTo } = useTimeRange();
  useLiveInvalidation(network);
  useCrumbLabel(`Bucket ${bucket}`);
  const detail = useQuery(trpc.inventory.bucket.queryOptions({ network, bucket }));
  const history = useQuery(trpc.inventory.bucketHistory.queryOptions({ network, bucket, ...range }));
  const newest = useQuery(trpc.inventory.bucketNewest.queryOptions({ network, bucket }));
  if (!detail.data && detail.isError)
    return (
      <PageFailure
        query={detail}
        what="bucket"
        list={{ label: `All buckets of ${network}`, href: `/${network}/data` }}
      />
    );
  return (
    <>
      <PageHead
        title={`Bucket ${bucket}`}
        what={<WhatABucketIs />}
        meta={detail.data && <BucketMeta detail={detail.data} />}
        actions={<LinkButton href={lineageHref(network, `bucket:${bucket}`)}>Lineage</LinkButton>}
      />
      {detail.data ? (
        <BucketFigures detail={detail.data} />
      ) : (
        <Sheet>
          <Panel title="Now" state={queryState(detail, "the bucket")} />
        </Sheet>
      )}
      {detail.data && (
        <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
          <HowKnownPanel detail={detail.data} />
          <NamesPanel network={network} detail={detail.data} />
        </Sheet>
      )}
      <Sheet columns="minmax(0, 1.9fr) minmax(0, 1fr)">
        <ObjectsPanel network={network} bucket={bucket} />
        <div className="panel-stack">
          <ServedPanel network={network} query={newest} />
          <AskedPanel query={newest} />
          {detail.data && (
            <Panel title="On chain">
              <KeyValue items={chainFacts(detail.data.bucket)} />
            </Panel>
          )}
        </div>
      </Sheet>
      <Sheet columns="minmax(0, 1fr) minmax(0, 1fr)">
        <BucketHistoryPanel kind="operations" query={history} onZoom={zoomTo} />
        <BucketHistoryPanel kind="latency" query={history} onZoom={zoomTo} />
      </Sheet>
      <Sheet columns="minmax(0, 1fr) minmax(0, 1.6fr)">
        <CountsPanel query={history} />
        <ChargesPanel query={history} />
      </Sheet>
    </>
  );
}

function BucketMeta({ detail: { bucket } }: { detail: BucketDetail }) {
  return (
    <>
      <VisibilityWord row={bucket} />
      {bucket.owner !== null && <Id value={bucket.owner} what="owner" head={8} tail={6} />}
      {bucket.clusterName !== null && <span>{bucket.clusterName}</span>}
      <span>
        {formatInteger(bucket.objects)} objects known, {formatBytes(bucket.writtenBytes)} written
      </span>
    </>
  );
}

function WhatABucketIs() {
  return (
    <WhatIsThis title="What is shown of a bucket">
      <p>
        Its number, owner and cluster come from the chain, requests from the records that nodes write,
        contents from CNS names and DAG nodes as they were read. No node lists a bucket, so more may be there,
        unseen.
      </p>
      <p>
        The chain charges accounts. What stands here as this bucket's charge is an allocation: the owner's
        charge, split by what each of its buckets did.
      </p>
    </WhatIsThis>
  );
}
