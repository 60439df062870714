"use client";

import Download from "lucide-react/icons/download";
import { Button } from "../../../../_ui/button.tsx";
import { formatNumber } from "../../../../_ui/format/number.ts";
import { Menu, type MenuItem } from "../../../../_ui/menu.tsx";
import { notify } from "../../../../_ui/notify.ts";
import type { NodeListInput } from "../search-params.ts";
import { exportHref, exportLimit } from "./export-href.ts";

type ExportMenuProps = { input: NodeListInput; matching: number | null };

/** The nodes of the filter in its order, all columns. */
export function ExportMenu({ input, matching }: ExportMenuProps) {
  const count = matching === null ? "" : `, ${formatNumber(Math.min(matching, exportLimit))} rows`;
  const items: MenuItem[] = [
    { kind: "heading", label: `This filter${count}, at most ${formatNumber(exportLimit)}` },
    { kind: "link", label: "CSV", href: exportHref("csv", input) },
    { kind: "link", label: "JSON", href: exportHref("json", input) },
    { kind: "separator", id: "copy" },
    { kind: "action", label: "Copy as curl", onSelect: () => void copyCurl(input) },
  ];
  return (
    <Menu label="Export" items={items} align="end">
      {(trigger) => (
        <Button kind="ghost" icon={Download} {...trigger}>
          Export
        </Button>
      )}
    </Menu>
  );
}

async function copyCurl(input: NodeListInput): Promise<void> {
  const command = `curl -H "Cookie: $CONSOLE_COOKIE" "${window.location.origin}${exportHref("csv", input)}"`;
  try {
    await navigator.clipboard.writeText(command);
    notify({ tone: "ok", title: "Copied as curl", detail: "Put your session cookie into CONSOLE_COOKIE." });
  } catch {
    notify({ tone: "warn", title: "The browser refused to copy", detail: command });
  }
}
