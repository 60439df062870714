import type { PanelData } from "../../../../../../server/features/dashboards/schema.ts";
import { NoReading } from "../../../../../_ui/figure.tsx";
import { ScrollX } from "../../../../../_ui/scroll-x.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";
import { separated } from "./separated.ts";

type Answer = Extract<PanelData["answer"], { kind: "table" }>;
type Row = { key: string; cells: Answer["rows"][number] };

const number = /^-?\d+(\.\d+)?$/;

export function AnswerTable({ label, answer }: { label: string; answer: Answer }) {
  const rows: Row[] = answer.rows.map((cells, index) => ({ key: `${index} ${cells.join(" ")}`, cells }));
  return (
    <ScrollX>
      <SmallTable
        label={label}
        rows={rows}
        rowKey={({ key }) => key}
        columns={answer.columns.map((title, index) => {
          const isNumber = answer.rows.every((cells) => number.test(cells[index] ?? "0"));
          return { id: title, title, isNumber, cell: ({ cells }: Row) => textOf(cells[index], isNumber) };
        })}
      />
    </ScrollX>
  );
}

function textOf(cell: string | null | undefined, isNumber: boolean) {
  if (cell === null || cell === undefined) return <NoReading />;
  return isNumber ? separated(cell) : cell;
}
