import type { BucketDetail } from "../../../../../../../server/features/inventory/schema.ts";
import { formatInteger } from "../../../../../../_ui/format/number.ts";
import { Meter } from "../../../../../../_ui/meter.tsx";
import { Panel } from "../../../../../../_ui/panel.tsx";
import { SmallTable } from "../../../../../../_ui/table/small-table.tsx";
import { KnownLetters } from "../../../parts/known-letters.tsx";

type Way = { id: string; known: ("cns" | "dag" | "activity")[]; objects: string; means: string };

/** Where the list of objects comes from: no node gives one. */
export function HowKnownPanel({ detail }: { detail: BucketDetail }) {
  const { ways, bucket } = detail;
  const rows: Way[] = [
    {
      id: "both",
      known: ["cns", "dag", "activity"],
      objects: ways.namedAndUsed,
      means: "named or linked, and used",
    },
    {
      id: "named",
      known: ["cns", "dag"],
      objects: ways.namedOnly,
      means: "named or linked, in no record of activity",
    },
    {
      id: "used",
      known: ["activity"],
      objects: ways.usedOnly,
      means: "used, but no name or link that was read leads to it",
    },
  ];
  return (
    <Panel title="How we know what is here" sub="no node lists a bucket; each source tells a part" isFlush>
      <SmallTable
        label="Objects by how they are known"
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: "known", title: "Known by", width: 90, cell: (row) => <KnownLetters known={row.known} /> },
          {
            id: "objects",
            title: "Objects",
            width: 100,
            isNumber: true,
            cell: (row) => formatInteger(row.objects),
          },
          {
            id: "share",
            title: "",
            width: 90,
            cell: (row) => (
              <Meter ratio={shareOf(row.objects, bucket.objects)} label={row.means} width={72} />
            ),
          },
          { id: "means", title: "What that means", cell: (row) => <span className="sec">{row.means}</span> },
        ]}
      />
      <p className="panel-note">
        <span>
          <b>{formatInteger(bucket.objects)}</b> known; more may be there, unseen.
        </span>
      </p>
    </Panel>
  );
}

function shareOf(part: string, whole: string): number | null {
  return whole === "0" ? null : Number(part) / Number(whole);
}
