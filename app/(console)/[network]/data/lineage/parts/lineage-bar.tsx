"use client";

import Download from "lucide-react/icons/download";
import { directions, type Grade, grades } from "../../../../../../server/features/lineage/graph-rules.ts";
import { mostDepth } from "../../../../../../server/features/lineage/limit-rules.ts";
import type { LineageGraph } from "../../../../../../server/features/lineage/schema.ts";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { Checkbox } from "../../../../../_ui/checkbox.tsx";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { Menu, type MenuItem } from "../../../../../_ui/menu.tsx";
import { Segmented } from "../../../../../_ui/segmented.tsx";
import { SelectField } from "../../../../settings/select-field.tsx";
import { type LineageParams, lineageViews } from "../search-params.ts";
import { GradeMark } from "./edge-table.tsx";
import { sinceChoices } from "./reach-panels.tsx";

type LineageBarProps = {
  network: NetworkName;
  params: LineageParams;
  graph: LineageGraph | undefined;
  onChange: (change: Partial<{ [Name in keyof LineageParams]: LineageParams[Name] | null }>) => void;
};

const directionWords = { both: "Both ways", upstream: "Upstream", downstream: "Downstream" } as const;
const viewWords = { graph: "Graph", columns: "Columns", impact: "Impact", cause: "Root cause" } as const;
const depths = Array.from({ length: mostDepth }, (_, index) => ({
  value: String(index + 1),
  label: `depth ${index + 1}`,
}));

/** Which part of the graph, and what of it. The moment is the page's: it is set where the time range is. */
export function LineageBar({ network, params, graph, onChange }: LineageBarProps) {
  const { dir, depth, view, since } = params;
  const isGraph = view === "graph";
  return (
    <FilterBar
      end={
        <Segmented
          label="View"
          value={view}
          options={lineageViews.map((value) => ({ value, label: viewWords[value] }))}
          onChange={(next) => onChange({ view: next })}
        />
      }
    >
      {isGraph && (
        <>
          <Segmented
            label="Direction"
            value={dir}
            options={directions.map((value) => ({ value, label: directionWords[value] }))}
            onChange={(next) => onChange({ dir: next })}
          />
          <SelectField
            label="Depth"
            isBare
            isSmall
            value={String(depth)}
            options={depths}
            onChange={(value) => onChange({ depth: Number(value) })}
          />
        </>
      )}
      {view === "cause" && (
        <SelectField
          label="Changed within"
          isBare
          isSmall
          value={since}
          options={sinceChoices}
          onChange={(value) => onChange({ since: value })}
        />
      )}
      {isGraph &&
        grades.map((grade) => (
          <GradeBox
            key={grade}
            grade={grade}
            count={graph?.edges.filter((edge) => edge.grade === grade).length ?? 0}
            isOn={params.grades.includes(grade)}
            onChange={(isOn) =>
              onChange({
                grades: isOn ? [...params.grades, grade] : params.grades.filter((other) => other !== grade),
              })
            }
          />
        ))}
      {isGraph && <ExportGraph href={(form) => exportHref(network, params, form)} />}
    </FilterBar>
  );
}

type GradeBoxProps = { grade: Grade; count: number; isOn: boolean; onChange: (isOn: boolean) => void };

function GradeBox({ grade, count, isOn, onChange }: GradeBoxProps) {
  return (
    <span className="flex items-center gap-1 text-12">
      <Checkbox isBare label={`Show ${grade} edges`} isChecked={isOn} onChange={onChange} />
      <GradeMark grade={grade} /> <span className="dim">{count}</span>
    </span>
  );
}

function ExportGraph({ href }: { href: (form: "csv" | "json") => string }) {
  const items: MenuItem[] = [
    { kind: "heading", label: "Edges of this graph" },
    { kind: "link", label: "CSV", href: href("csv") },
    { kind: "link", label: "JSON", href: href("json") },
  ];
  return (
    <Menu label="Export" items={items} align="end">
      {(trigger) => (
        <Button kind="ghost" size="small" icon={Download} {...trigger}>
          Export
        </Button>
      )}
    </Menu>
  );
}

function exportHref(network: NetworkName, params: LineageParams, form: "csv" | "json"): string {
  const { root, depth, dir, asOf } = params;
  const search = new URLSearchParams({ network, root, depth: String(depth), direction: dir });
  if (asOf !== "") search.set("asOf", asOf);
  return `/api/exports/lineage.${form}?${search}`;
}
