"use client";

import Bookmark from "lucide-react/icons/bookmark";
import { usePathname, useSearchParams } from "next/navigation";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "../../_ui/icon-button.tsx";
import { Menu, type MenuItem } from "../../_ui/menu.tsx";
import { usePlace } from "../use-place.ts";
import { useViews } from "./use-views.ts";
import { canHaveViews, pageOf, queryToKeep, viewsOf } from "./view-words.ts";

const SaveDialog = lazy(() => import("./save-dialog.tsx").then((module) => ({ default: module.SaveDialog })));
const ManageDialog = lazy(() =>
  import("./manage-dialog.tsx").then((module) => ({ default: module.ManageDialog })),
);

/** The views of the page that is shown: go to one, keep what is shown, put them in order. */
export function ViewsMenu() {
  const pathname = usePathname();
  const search = useSearchParams();
  const page = pageOf(usePlace());
  const views = viewsOf(useViews(), page);
  const [open, setOpen] = useState<"save" | "manage" | null>(null);
  if (!canHaveViews(page)) return null;
  const shown = queryToKeep(search.toString());
  const items: MenuItem[] = [
    {
      kind: "heading",
      label: views.length > 0 ? "Saved views of this page" : "No view of this page is saved yet",
    },
    ...views.map(
      (view): MenuItem => ({
        kind: "link",
        label: view.isOwn ? view.name : `${view.name}, by ${view.ownerName}`,
        href: view.query === "" ? pathname : `${pathname}?${view.query}`,
        isCurrent: view.query === shown,
        end: [view.isDefault && "default", view.isShared && "shared"].filter(Boolean).join(", "),
      }),
    ),
    { kind: "separator", id: "own" },
    { kind: "action", label: "Save this view…", onSelect: () => setOpen("save") },
    ...(views.some(({ isOwn }) => isOwn)
      ? [{ kind: "action", label: "Rename, share, delete…", onSelect: () => setOpen("manage") } as const]
      : []),
  ];
  return (
    <>
      <Menu label="Saved views" items={items} align="end">
        {(trigger) => <IconButton icon={Bookmark} label="Saved views" {...trigger} />}
      </Menu>
      <Suspense fallback={null}>
        {open === "save" && <SaveDialog page={page} query={shown} onClose={() => setOpen(null)} />}
        {open === "manage" && <ManageDialog page={page} query={shown} onClose={() => setOpen(null)} />}
      </Suspense>
    </>
  );
}
