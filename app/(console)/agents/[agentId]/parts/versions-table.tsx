import Link from "next/link";
import type { Version } from "../../../../../server/features/agents/schema.ts";
import type { PlaceSummary } from "../../../../../server/features/deployments/schema.ts";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Id } from "../../../../_ui/id.tsx";
import { ScrollX } from "../../../../_ui/scroll-x.tsx";
import { type SmallColumn, SmallTable } from "../../../../_ui/table/small-table.tsx";
import { Time } from "../../../../_ui/time.tsx";
import { versionHref } from "../../agent-href.ts";
import { VersionStateWord } from "../../parts/version-state.tsx";
import { whereRuns } from "./where-runs.ts";

type VersionsTableProps = { rows: readonly Version[]; places: readonly PlaceSummary[] };

export function VersionsTable({ rows, places }: VersionsTableProps) {
  return (
    <ScrollX>
      <SmallTable label="Versions" columns={columnsOf(places)} rows={rows} rowKey={({ cid }) => cid} />
    </ScrollX>
  );
}

function columnsOf(places: readonly PlaceSummary[]): SmallColumn<Version>[] {
  return [
    {
      id: "semver",
      title: "Version",
      cell: (row) => (
        <Link className="mono font-medium" href={versionHref(row)} prefetch={false}>
          {row.semver}
        </Link>
      ),
    },
    { id: "cid", title: "CID", cell: ({ cid }) => <Id value={cid} what="CID" head={12} tail={6} /> },
    { id: "state", title: "State", cell: ({ state }) => <VersionStateWord state={state} /> },
    { id: "where", title: "Where", cell: (row) => <Where version={row} places={places} /> },
    { id: "bytes", title: "Bytes", isNumber: true, cell: ({ totalBytes }) => formatNumber(totalBytes) },
    {
      id: "uploaded",
      title: "Uploaded",
      isNumber: true,
      cell: ({ uploadedAt }) => (
        <span className="dim">
          <Time at={uploadedAt} isQuiet />
        </span>
      ),
    },
    { id: "by", title: "By", cell: ({ uploadedBy }) => <span className="sec">{uploadedBy}</span> },
    {
      id: "verified",
      title: <span data-tip="When its bytes in the store last hashed to its CIDs">Re-hashed</span>,
      isNumber: true,
      cell: ({ verifiedAt }) => (
        <span className="dim">
          <Time at={verifiedAt} isQuiet />
        </span>
      ),
    },
    {
      id: "note",
      title: "Note",
      cell: ({ note }) => <span className="sec block max-w-72 truncate">{note}</span>,
    },
  ];
}

function Where({ version, places }: { version: Version; places: readonly PlaceSummary[] }) {
  const text = whereRuns(version.cid, places);
  if (version.state === "deprecated" && version.sunsetAt !== null)
    return (
      <>
        {text && `${text}, `}
        <span className="t-warn">
          ends <Time at={version.sunsetAt} form="day" isQuiet />
        </span>
      </>
    );
  return text === "" ? <span className="na">·</span> : text;
}
