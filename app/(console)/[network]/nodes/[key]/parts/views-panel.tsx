import type { HostSeries } from "../../../../../../server/features/nodes/history-schema.ts";
import type { ComparisonRow, NodeDetail, ViewCell } from "../../../../../../server/features/nodes/schema.ts";
import { Glyph, type Tone } from "../../../../../_ui/glyph.tsx";
import { Id } from "../../../../../_ui/id.tsx";
import { Panel } from "../../../../../_ui/panel.tsx";
import { ScrollX } from "../../../../../_ui/scroll-x.tsx";
import { withHostReports } from "./host-reports.ts";

type Verdict = NonNullable<ComparisonRow["verdict"]>;

const toneOf: Record<Verdict["kind"], Tone> = {
  agree: "ok",
  differs: "crit",
  unknown: "unknown",
  unmeasurable: "idle",
};

/** What the chain says, what the node says and what was measured, side by side; never averaged. */
export function ViewsPanel({ detail, host }: { detail: NodeDetail; host: HostSeries | null }) {
  const fromHost = detail.reportedAt === null ? host : null;
  return (
    <Panel
      title="Three views of this node"
      sub={<span className="hidden phone:inline">what differs is shown, never averaged</span>}
      isFlush
    >
      <ScrollX>
        <table className="tbl tbl-fixed tbl-compact min-w-[720px]">
          <colgroup>
            <col style={{ width: "12%" }} />
            <col style={{ width: "22%" }} />
            <col style={{ width: "21%" }} />
            <col style={{ width: "25%" }} />
            <col style={{ width: "20%" }} />
          </colgroup>
          <thead>
            <tr>
              <th>
                <span className="sr-only">Subject</span>
              </th>
              <SourceHead name="Registered" source="chain" />
              <SourceHead
                name="Reports"
                source={fromHost?.from.kind === "node_exporter" ? "node exporter" : "telemetry"}
              />
              <SourceHead name="Measured" source="probe and reads" />
              <th scope="col">Compared</th>
            </tr>
          </thead>
          <tbody>
            {withHostReports(detail.views, fromHost).map((row) => (
              <ViewRow key={row.subject} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollX>
    </Panel>
  );
}

function SourceHead({ name, source }: { name: string; source: string }) {
  return (
    <th scope="col">
      <b className="text-1">{name}</b> {source}
    </th>
  );
}

function ViewRow({ row }: { row: ComparisonRow }) {
  return (
    <tr className={row.verdict?.kind === "differs" ? "is-bad" : undefined}>
      <th scope="row" className="sec font-normal">
        {row.label}
      </th>
      <View cell={row.registered} subject={row.subject} />
      <View cell={row.reported} subject={row.subject} />
      <View cell={row.measured} subject={row.subject} />
      <td>{row.verdict && <VerdictWord verdict={row.verdict} />}</td>
    </tr>
  );
}

function View({ cell, subject }: { cell: ViewCell; subject: ComparisonRow["subject"] }) {
  if (cell.kind === "absent")
    return (
      <td data-tip={cell.why}>
        <span className="dim">{cell.why}</span>
      </td>
    );
  if (subject === "key" && cell.text.startsWith("0x"))
    return (
      <td>
        <Id value={cell.text} what="node key" head={10} tail={6} />
      </td>
    );
  return (
    <td data-tip={cell.text}>
      <span className={subject === "source" ? "dim" : undefined}>{cell.text}</span>
    </td>
  );
}

function VerdictWord({ verdict }: { verdict: Verdict }) {
  const tone = toneOf[verdict.kind];
  return (
    <span className={`status t-${tone}`} data-tip={verdict.wording}>
      {verdict.kind === "differs" ? <b aria-hidden="true">≠</b> : <Glyph tone={tone} size={9} />}
      <span>{verdict.wording}</span>
    </span>
  );
}
