"use client";

import Bookmark from "lucide-react/icons/bookmark";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { NetworkName } from "../../../../../../server/kernel/networks.ts";
import { ExportMenu } from "../../../../../_shell/jobs/export-menu.tsx";
import { Button } from "../../../../../_ui/button.tsx";
import { Menu, type MenuItem } from "../../../../../_ui/menu.tsx";
import { notify } from "../../../../../_ui/notify.ts";
import { type AccessInput, exportQuery } from "../search-params.ts";
import { readSaved, type SavedFilter, writeSaved } from "./saved-filters.ts";

type AccessActionsProps = { network: NetworkName; input: AccessInput; shown: readonly object[] };

export function AccessActions({ network, input, shown }: AccessActionsProps) {
  return (
    <>
      <SavedFilters network={network} />
      <ExportMenu source="access" query={exportQuery(input)} count={null} shown={shown} kind="default" />
    </>
  );
}

/** Kept in this browser: an address is all that a filter is. */
function SavedFilters({ network }: { network: NetworkName }) {
  const router = useRouter();
  const [saved, setSaved] = useState<readonly SavedFilter[]>([]);
  useEffect(() => setSaved(readSaved(network)), [network]);
  const save = () => {
    const { search } = window.location;
    const next = [
      { name: decodeURIComponent(search.slice(1)) || "everything", search },
      ...readSaved(network),
    ];
    writeSaved(network, next);
    setSaved(readSaved(network));
    notify({ tone: "ok", title: "Filter saved", detail: "In this browser, for this network." });
  };
  const items: MenuItem[] = [
    { kind: "action", label: "Save this filter", onSelect: save },
    { kind: "separator", id: "saved" },
    ...saved.map(
      ({ name, search }): MenuItem => ({
        kind: "action",
        label: name.length > 60 ? `${name.slice(0, 58)}…` : name,
        onSelect: () => router.push(`/${network}/data/access${search}`),
      }),
    ),
    ...(saved.length > 0
      ? [
          {
            kind: "action" as const,
            label: "Forget all saved filters",
            onSelect: () => {
              writeSaved(network, []);
              setSaved([]);
            },
          },
        ]
      : []),
  ];
  return (
    <Menu label="Saved filters" align="end" items={items}>
      {(trigger) => (
        <Button kind="ghost" icon={Bookmark} {...trigger}>
          Saved filters
        </Button>
      )}
    </Menu>
  );
}
