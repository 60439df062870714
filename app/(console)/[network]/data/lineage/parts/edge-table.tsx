import type { Grade } from "../../../../../../server/features/lineage/graph-rules.ts";
import type { GraphEdge, LineageGraph } from "../../../../../../server/features/lineage/schema.ts";
import { Panel } from "../../../../../_ui/panel.tsx";
import { Time } from "../../../../../_ui/time.tsx";
import { edgeId } from "./edge-id.ts";
import { titleOf } from "./node-words.ts";

const saysWords: Record<GraphEdge["kind"], string> = {
  read: "was read by",
  wrote: "wrote",
  ran: "ran as",
  version: "is the code of",
  parent: "started",
  "declared-input": "is an input of",
  "declared-output": "has the output",
  link: "links to",
  stored: "is stored in",
  accessed: "was read by",
  used: "was used",
  charged: "was charged",
  paid: "paid",
  uploaded: "uploaded",
  named: "is named",
};

export function GradeMark({ grade }: { grade: Grade }) {
  return (
    <span className="whitespace-nowrap">
      <svg className="lin-line" viewBox="0 0 26 8" aria-hidden="true">
        <path className={`lin-${grade}`} d="M0,4 H26" />
      </svg>{" "}
      {grade}
    </span>
  );
}

type EdgeTableProps = { graph: LineageGraph; edge: string | null; onEdge: (edge: GraphEdge) => void };

/** Each edge a row, with a button to its evidence: the graph for keyboards and screen readers. */
export function EdgeTable({ graph, edge, onEdge }: EdgeTableProps) {
  const names = new Map(graph.nodes.map((node) => [node.id, titleOf(node)]));
  return (
    <Panel
      title="Same graph as a table"
      sub={`${graph.nodes.length} things, ${graph.edges.length} edges`}
      isFlush
    >
      <table className="tbl tbl-fixed" aria-label="Edges of the graph">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col" className="w-32">
              Says
            </th>
            <th scope="col">To</th>
            <th scope="col" className="w-32">
              How it is known
            </th>
            <th scope="col" className="w-52">
              Since
            </th>
          </tr>
        </thead>
        <tbody>
          {graph.edges.map((row) => (
            <tr key={edgeId(row)} className={edgeId(row) === edge ? "is-open" : undefined}>
              <td>
                <button
                  type="button"
                  className="lk"
                  onClick={() => onEdge(row)}
                  aria-expanded={edgeId(row) === edge}
                >
                  {names.get(row.from)}
                </button>
              </td>
              <td className="sec">{saysWords[row.kind]}</td>
              <td>{names.get(row.to)}</td>
              <td>
                <GradeMark grade={row.grade} />
              </td>
              <td>
                <Time at={row.validFrom} form="instant" isQuiet />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
