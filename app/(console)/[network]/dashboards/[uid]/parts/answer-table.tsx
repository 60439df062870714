import type { PanelData } from "../../../../../../server/features/dashboards/schema.ts";
import { NoReading } from "../../../../../_ui/figure.tsx";
import { SmallTable } from "../../../../../_ui/table/small-table.tsx";

type Answer = Extract<PanelData["answer"], { kind: "table" }>;
type Row = { key: string; cells: Answer["rows"][number] };

const number = /^-?\d+(\.\d+)?$/;

export function AnswerTable({ label, answer }: { label: string; answer: Answer }) {
  const rows: Row[] = answer.rows.map((cells, index) => ({ key: `${index} ${cells.join(" ")}`, cells }));
  return (
    <div className="overflow-x-auto">
      <SmallTable
        label={label}
        rows={rows}
        rowKey={({ key }) => key}
        columns={answer.columns.map((title, index) => ({
          id: title,
          title,
          isNumber: answer.rows.every((cells) => cells[index] === null || number.test(cells[index] ?? "")),
          cell: ({ cells }: Row) => cells[index] ?? <NoReading />,
        }))}
      />
    </div>
  );
}
