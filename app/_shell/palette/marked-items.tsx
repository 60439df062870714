"use client";

import { Command } from "cmdk";
import { hasPage } from "../pages.ts";
import { iconOf } from "./kind-icons.ts";
import { PaletteItem } from "./palette-item.tsx";
import { useMarks } from "./use-marks.ts";

/** Before anything is typed: what is pinned, then what was opened last. */
export function MarkedItems({ onDone }: { onDone: () => void }) {
  const marks = (useMarks().data ?? []).filter(({ href }) => hasPage(href));
  const groups = [
    { heading: "Pinned", items: marks.filter(({ isPinned }) => isPinned) },
    { heading: "Recent", items: marks.filter(({ isPinned }) => !isPinned) },
  ];
  return groups.map(
    ({ heading, items }) =>
      items.length > 0 && (
        <Command.Group key={heading} heading={<span className="menu-h block">{heading}</span>}>
          {items.map(({ href, kind, label, detail, isPinned }) => (
            <PaletteItem
              key={href}
              id={`mark ${href}`}
              icon={iconOf(kind)}
              end={detail}
              href={href}
              mark={{ kind, label, detail }}
              isPinned={isPinned}
              onDone={onDone}
            >
              {label}
            </PaletteItem>
          ))}
        </Command.Group>
      ),
  );
}
