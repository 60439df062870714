"use client";

import type { BucketRow } from "../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { NoReading } from "../../../../_ui/figure.tsx";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../_ui/format/number.ts";
import { Id } from "../../../../_ui/id.tsx";
import { KeyValue } from "../../../../_ui/key-value.tsx";
import { Peek, PeekSection } from "../../../../_ui/peek.tsx";
import { Sparkline } from "../../../../_ui/sparkline.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { bucketHref } from "./bucket-columns.tsx";
import { KnownLetters } from "./known-letters.tsx";
import { VisibilityWord } from "./visibility-word.tsx";

type BucketPeekProps = {
  network: NetworkName;
  row: BucketRow;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One bucket beside the list. */
export function BucketPeek({ network, row, ...peek }: BucketPeekProps) {
  return (
    <Peek
      label={`Bucket ${row.bucket}`}
      href={bucketHref(network, row.bucket)}
      head={<span className="peek-t">Bucket {row.bucket}</span>}
      {...peek}
    >
      <PeekSection title="On chain">
        <KeyValue items={chainFacts(row)} />
      </PeekSection>
      <PeekSection title="Requests by the hour, 24 h">
        {row.hours.length > 0 ? (
          <Sparkline
            values={row.hours}
            width={440}
            height={48}
            tone="accent"
            hasArea
            label="Requests by the hour"
          />
        ) : (
          <p className="dim">Nothing is counted yet.</p>
        )}
      </PeekSection>
      <PeekSection title="In 24 h">
        <KeyValue
          items={[
            ["GETs", formatInteger(row.reads24h)],
            ["PUTs", formatInteger(row.writes24h)],
            ["Failed", formatInteger(row.failures24h)],
            ["Read", formatBytes(row.readBytes24h)],
            ["Written", formatBytes(row.writtenBytes24h)],
          ]}
        />
      </PeekSection>
      <PeekSection title="As recorded">
        <KeyValue
          items={[
            ["Objects known", formatInteger(row.objects)],
            ["Known by", <KnownLetters key="v" known={row.known} />],
            ["Read", formatBytes(row.readBytes)],
            ["Written", formatBytes(row.writtenBytes)],
            ["First seen", <Time key="v" at={row.firstSeen} />],
            ["Last activity", <Time key="v" at={row.lastSeen} />],
          ]}
        />
      </PeekSection>
    </Peek>
  );
}

export function chainFacts(row: BucketRow) {
  return [
    [
      "Owner",
      row.owner === null ? (
        <NoReading key="v" />
      ) : (
        <Id key="v" value={row.owner} what="owner" head={10} tail={8} showCopy />
      ),
    ],
    [
      "Cluster",
      row.clusterName ??
        (row.clusterId === null ? (
          <NoReading key="v" />
        ) : (
          <Id key="v" value={row.clusterId} what="cluster id" />
        )),
    ],
    ["Reads", <VisibilityWord key="v" row={row} />],
    [
      "Created",
      row.createdAt === null ? <NoReading key="v" /> : <Time key="v" at={row.createdAt} form="instant" />,
    ],
    [
      "At block",
      row.createdAtHeight === null ? <NoReading key="v" /> : `#${formatInteger(String(row.createdAtHeight))}`,
    ],
  ] as const;
}
