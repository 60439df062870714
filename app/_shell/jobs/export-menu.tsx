"use client";

import Download from "lucide-react/icons/download";
import { directRows, exportFormats } from "../../../server/features/exports/rules.ts";
import { Button, type ButtonKind } from "../../_ui/button.tsx";
import { formatNumber } from "../../_ui/format/number.ts";
import { Menu, type MenuItem } from "../../_ui/menu.tsx";
import { type Copied, copyItems } from "../copy/copy-items.ts";
import { exportCall } from "../copy/copy-text.ts";
import { useStartExport } from "./use-export-jobs.ts";

export type ExportMenuProps = {
  /** A source of server/features/exports/sources.ts, and its query. */
  source: string;
  query: Readonly<Record<string, string>>;
  /** How many rows the filter has, if the page knows; unknown is taken for many. */
  count: { rows: number; isEstimate: boolean } | null;
  /** The rows on the page, which can be copied from the same menu. */
  shown?: Copied["rows"] | undefined;
  sql?: Copied["sql"];
  /** Where the file is cut. */
  maxRows?: number;
  kind?: ButtonKind;
};

/** The rows of the filter, as a file: few at once, many in the background. */
export function ExportMenu(props: ExportMenuProps) {
  const { source, query, count, shown, sql, maxRows = 1_000_000, kind = "ghost" } = props;
  const start = useStartExport();
  const isSmall = count !== null && !count.isEstimate && count.rows <= directRows;
  const startAs = (format: (typeof exportFormats)[number], isCompressed: boolean) => () =>
    start({ source, query: { ...query }, format, isCompressed });
  const files = exportFormats.flatMap((format): MenuItem[] => {
    const label = format.toUpperCase();
    if (isSmall) return [{ kind: "link", label, href: exportHref(source, format, query) }];
    return [
      { kind: "action", label, onSelect: startAs(format, false) },
      { kind: "action", label: `${label}, gzip`, onSelect: startAs(format, true) },
    ];
  });
  const items: MenuItem[] = [
    { kind: "heading", label: headingOf(count, maxRows) },
    ...files,
    { kind: "separator", id: "copy" },
    ...copyItems({ rows: shown ?? null, call: exportCall(source, "csv", query), sql }),
  ];
  if (!isSmall) items.splice(1, 0, { kind: "heading", label: "Written in the background" });
  return (
    <Menu label="Export" items={items} align="end">
      {(trigger) => (
        <Button kind={kind} icon={Download} {...trigger}>
          Export
        </Button>
      )}
    </Menu>
  );
}

function headingOf(count: ExportMenuProps["count"], maxRows: number): string {
  const limit = `at most ${formatNumber(maxRows)} rows`;
  if (count === null) return `This filter, ${limit}`;
  return `This filter, ${count.isEstimate ? "≈ " : ""}${formatNumber(Math.min(count.rows, maxRows))} rows, ${limit}`;
}

function exportHref(source: string, format: string, query: ExportMenuProps["query"]): string {
  return `/api/exports/${source}.${format}?${new URLSearchParams(query)}`;
}
