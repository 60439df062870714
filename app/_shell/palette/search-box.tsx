"use client";

import Search from "lucide-react/icons/search";
import { lazy, Suspense, useEffect, useState } from "react";
import { Icon } from "../../_ui/icon.tsx";
import { Kbd } from "../../_ui/kbd.tsx";

const load = () => import("./palette.tsx");
const Palette = lazy(() => load().then((module) => ({ default: module.Palette })));

/** Opens the palette; ⌘K or Ctrl K does so everywhere, also while typing. */
export function SearchBox() {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className="searchbox"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => void load()}
        onClick={() => setOpen(true)}
      >
        <Icon of={Search} size={14} />
        <span>Paste any id, or search</span>
        <Kbd>⌘K</Kbd>
      </button>
      {wasOpened && (
        <Suspense fallback={null}>
          <Palette isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
