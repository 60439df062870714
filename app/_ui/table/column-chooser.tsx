"use client";

import Columns3 from "lucide-react/icons/columns-3";
import { Button } from "../button.tsx";
import { Menu, type MenuItem } from "../menu.tsx";
import { type Column, toggleColumn, visibleColumns } from "./columns.ts";

type ColumnChooserProps<Row> = {
  columns: readonly Column<Row>[];
  /** Ids of the shown ones; null = as they are at first. */
  chosen: readonly string[] | null;
  onChoose: (chosen: string[] | null) => void;
};

export function ColumnChooser<Row>({ columns, chosen, onChoose }: ColumnChooserProps<Row>) {
  const shown = new Set(visibleColumns(columns, chosen).map((column) => column.id));
  const items: MenuItem[] = [
    ...columns
      .filter((column) => !column.isFixed)
      .map(
        (column): MenuItem => ({
          kind: "check",
          label: column.description ?? column.title,
          isOn: shown.has(column.id),
          onChange: () => onChoose(toggleColumn(columns, chosen, column.id)),
        }),
      ),
    ...(chosen === null ? [] : backToFirst(() => onChoose(null))),
  ];
  return (
    <Menu label="Columns" items={items} align="end">
      {(trigger) => (
        <Button kind="ghost" icon={Columns3} {...trigger}>
          Columns
        </Button>
      )}
    </Menu>
  );
}

function backToFirst(onSelect: () => void): MenuItem[] {
  return [
    { kind: "separator", id: "reset" },
    { kind: "action", label: "As at first", onSelect },
  ];
}
