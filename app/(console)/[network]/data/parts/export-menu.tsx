"use client";

import Download from "lucide-react/icons/download";
import { Button } from "../../../../_ui/button.tsx";
import { Menu } from "../../../../_ui/menu.tsx";

type ExportMenuProps = {
  /** Name of the export source on the server. */
  source: "buckets" | "bucket-objects";
  query: Readonly<Record<string, string>>;
};

/** What the page lists, as a file: all of the filter, streamed. */
export function ExportMenu({ source, query }: ExportMenuProps) {
  const href = (format: "csv" | "json") => `/api/exports/${source}.${format}?${new URLSearchParams(query)}`;
  return (
    <Menu
      label="Export"
      align="end"
      items={[
        { kind: "heading", label: "Everything that matches" },
        { kind: "link", label: "CSV", href: href("csv") },
        { kind: "link", label: "JSON", href: href("json") },
      ]}
    >
      {(trigger) => (
        <Button kind="ghost" icon={Download} {...trigger}>
          Export
        </Button>
      )}
    </Menu>
  );
}
