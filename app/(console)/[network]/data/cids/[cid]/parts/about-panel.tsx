import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { PieceDetail } from "../../../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../../../server/kernel/networks.ts";
import { NoReading } from "../../../../../../_ui/figure.tsx";
import { formatBytes } from "../../../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../../../_ui/format/number.ts";
import { shorten } from "../../../../../../_ui/format/shorten.ts";
import { Id } from "../../../../../../_ui/id.tsx";
import { KeyValue } from "../../../../../../_ui/key-value.tsx";
import { QueryPanel } from "../../../../../../_ui/query-panel.tsx";
import { Time } from "../../../../../../_ui/time.tsx";
import { bucketHref } from "../../../parts/bucket-columns.tsx";
import { cidHref } from "../../../parts/cid-href.ts";
import { KnownLetters } from "../../../parts/known-letters.tsx";
import { VisibilityWord } from "../../../parts/visibility-word.tsx";

type AboutPanelProps = { network: NetworkName; query: UseQueryResult<PieceDetail, unknown> };

/** What is known of a CID in the bucket that is looked at. */
export function AboutPanel({ network, query }: AboutPanelProps) {
  return (
    <QueryPanel
      title="About"
      what="what is known of it"
      query={query}
      emptyWhen={({ bucket }) =>
        bucket === null
          ? {
              title: "Seen in no bucket",
              children:
                "No record of activity, CNS name or DAG link that the console has read names it. A node may still have it.",
            }
          : null
      }
    >
      {(detail) => <KeyValue items={itemsOf(network, detail)} />}
    </QueryPanel>
  );
}

function itemsOf(network: NetworkName, { bucket, places, names, parents }: PieceDetail) {
  if (bucket === null) return [];
  const place = places.find((known) => known.bucket === bucket.bucket);
  const own = names.filter((name) => name.bucket === bucket.bucket);
  const links = parents.filter((parent) => parent.bucket === bucket.bucket);
  return [
    [
      "Bucket",
      <span key="v" className="inline-flex gap-2">
        <Link href={bucketHref(network, bucket.bucket)} prefetch={false}>
          {bucket.bucket}
        </Link>
        <VisibilityWord row={bucket} />
      </span>,
    ],
    [
      "Owner",
      bucket.owner === null ? (
        <NoReading key="v" />
      ) : (
        <Id key="v" value={bucket.owner} what="owner" head={8} tail={6} />
      ),
    ],
    [
      "Names",
      own.length === 0 ? (
        <span key="v" className="dim">
          none that was asked for
        </span>
      ) : (
        own.map(({ name }) => name).join(", ")
      ),
    ],
    [
      "Linked from",
      links.length === 0 ? (
        <span key="v" className="dim">
          no DAG node that was read
        </span>
      ) : (
        <span key="v" className="flex flex-col">
          {links.map((link) => (
            <Link
              key={`${link.cid}/${link.name}`}
              href={cidHref(network, link.cid, bucket.bucket)}
              prefetch={false}
            >
              {link.name} <span className="mono dim">in {shorten(link.cid, 9, 4)}</span>
            </Link>
          ))}
        </span>
      ),
    ],
    ["Known by", <KnownLetters key="v" known={place?.known ?? []} />],
    [
      "Size",
      place?.sizeBytes == null ? (
        <NoReading key="v" />
      ) : (
        `${formatBytes(place.sizeBytes)}, ${formatInteger(place.sizeBytes)} bytes`
      ),
    ],
    ["First seen", <Time key="v" at={place?.firstSeen ?? null} />],
    ["Last seen", <Time key="v" at={place?.lastSeen ?? null} />],
    [
      "Read",
      place === undefined ? (
        <NoReading key="v" />
      ) : (
        `${formatInteger(place.reads)} times, ${formatBytes(place.readBytes)}`
      ),
    ],
    ["Written", place === undefined ? <NoReading key="v" /> : `${formatInteger(place.writes)} times`],
    [
      "Answered no",
      place === undefined ? (
        <NoReading key="v" />
      ) : (
        `${formatInteger(place.notFound)} NOT_FOUND, ${formatInteger(place.aborted)} ABORTED, ${formatInteger(place.failures)} failed`
      ),
    ],
  ] as const;
}
