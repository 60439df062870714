import Link from "next/link";
import type { BucketRow } from "../../../../../server/features/inventory/schema.ts";
import type { NetworkName } from "../../../../../server/kernel/networks.ts";
import { NoReading } from "../../../../_ui/figure.tsx";
import { formatBytes } from "../../../../_ui/format/bytes.ts";
import { formatInteger } from "../../../../_ui/format/number.ts";
import { shorten } from "../../../../_ui/format/shorten.ts";
import { Id } from "../../../../_ui/id.tsx";
import { Sparkline } from "../../../../_ui/sparkline.tsx";
import type { Column } from "../../../../_ui/table/columns.ts";
import { Time } from "../../../../_ui/time.tsx";
import { KnownLetters } from "./known-letters.tsx";
import { VisibilityWord } from "./visibility-word.tsx";

type BucketColumn = Column<BucketRow>;

/** Ids are those that the server sorts by. */
export function buildBucketColumns(network: NetworkName): BucketColumn[] {
  return [...identity(network), ...contents, ...day, ...ages];
}

export function bucketHref(network: NetworkName, bucket: string): string {
  return `/${network}/data/buckets/${bucket}`;
}

function identity(network: NetworkName): BucketColumn[] {
  return [
    {
      id: "bucket",
      title: "Bucket",
      width: 84,
      isFixed: true,
      isSortable: true,
      cell: (row) => (
        <Link href={bucketHref(network, row.bucket)} prefetch={false} className="truncate font-medium">
          {row.bucket}
        </Link>
      ),
    },
    {
      id: "owner",
      title: "Owner",
      width: 130,
      grows: true,
      cell: (row) =>
        row.owner === null ? <NoReading /> : <Id value={row.owner} what="owner" head={8} tail={6} isQuiet />,
    },
    {
      id: "cluster",
      title: "Cluster",
      width: 110,
      cell: (row) =>
        row.clusterId === null ? (
          <NoReading />
        ) : (
          <Link href={`/${network}/clusters/${row.clusterId}`} prefetch={false} className="truncate">
            {row.clusterName ?? <span className="mono">{shorten(row.clusterId)}</span>}
          </Link>
        ),
    },
    {
      id: "visibility",
      title: "Reads",
      description: "Who may read, by the chain",
      width: 108,
      cell: (row) => <VisibilityWord row={row} />,
    },
  ];
}

const contents: BucketColumn[] = [
  count("objects", "Objects known", 104, (row) => row.objects),
  { id: "known", title: "Known by", width: 76, cell: (row) => <KnownLetters known={row.known} /> },
  bytes(
    "writtenBytes",
    "Written",
    "Bytes put, as recorded since the bucket was first seen",
    (row) => row.writtenBytes,
  ),
];

const day: BucketColumn[] = [
  count("reads24h", "GETs 24 h", 92, (row) => row.reads24h),
  count("writes24h", "PUTs 24 h", 92, (row) => row.writes24h),
  {
    id: "hours",
    title: "24 h",
    description: "Requests by the hour",
    width: 76,
    cell: (row) =>
      row.hours.length > 0 && row.requests24h !== "0" ? <Sparkline values={row.hours} /> : <NoReading />,
  },
  count("requests24h", "Requests 24 h", 108, (row) => row.requests24h),
  bytes("readBytes24h", "Read 24 h", "Bytes delivered, as clients acknowledged", (row) => row.readBytes24h),
];

const ages: BucketColumn[] = [
  {
    id: "lastSeen",
    title: "Activity",
    description: "Newest request that is counted",
    width: 84,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    cell: (row) => <Time at={row.lastSeen} isQuiet />,
  },
];

function count(id: string, title: string, width: number, value: (row: BucketRow) => string): BucketColumn {
  return {
    id,
    title,
    width,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    cell: (row) => (row.lastSeen === null ? <NoReading /> : formatInteger(value(row))),
  };
}

function bytes(
  id: string,
  title: string,
  description: string,
  value: (row: BucketRow) => string,
): BucketColumn {
  return {
    id,
    title,
    description,
    width: 88,
    isNumber: true,
    isSortable: true,
    startsDescending: true,
    cell: (row) => (row.lastSeen === null ? <NoReading /> : formatBytes(value(row))),
  };
}
