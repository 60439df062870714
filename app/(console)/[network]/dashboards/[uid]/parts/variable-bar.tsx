import ChevronDown from "lucide-react/icons/chevron-down";
import type { DashboardDetail } from "../../../../../../server/features/dashboards/schema.ts";
import { Button } from "../../../../../_ui/button.tsx";
import { FilterBar } from "../../../../../_ui/filter-bar.tsx";
import { Menu, type MenuItem } from "../../../../../_ui/menu.tsx";
import { toggled, toVariables, without } from "../search-params.ts";

type VariableBarProps = {
  variables: DashboardDetail["variables"];
  chosen: readonly string[];
  onChange: (chosen: string[] | null) => void;
};

/** The dashboard's variables; nothing chosen means all values. */
export function VariableBar({ variables, chosen, onChange }: VariableBarProps) {
  if (variables.length === 0) return null;
  const values = toVariables(chosen);
  const change = (next: string[]) => onChange(next.length > 0 ? next : null);
  return (
    <FilterBar end={<span className="dim text-12">time and variables of this page are the dashboard's</span>}>
      {variables.map(({ name, label, options }) => {
        const own = values[name] ?? [];
        const items: MenuItem[] = [
          {
            kind: "choice",
            label: "All",
            isOn: own.length === 0,
            onSelect: () => change(without(chosen, name)),
          },
          ...options.map(
            (option): MenuItem => ({
              kind: "check",
              label: option,
              isOn: own.includes(option),
              onChange: () => change(toggled(chosen, name, option)),
            }),
          ),
        ];
        return (
          <Menu key={name} label={label} items={items}>
            {(trigger) => (
              <Button size="small" icon={ChevronDown} {...trigger}>
                {label}: {own.length === 0 ? "all" : own.join(", ")}
              </Button>
            )}
          </Menu>
        );
      })}
    </FilterBar>
  );
}
