"use client";

import { lazy, type ReactNode, Suspense } from "react";
import { type PopupTrigger, useLazyPopup } from "./lazy-popup.ts";

type PopoverProps = {
  label: string;
  /** The button that opens it. */
  trigger: (trigger: PopupTrigger) => ReactNode;
  /** Rendered when open; `close` puts the focus back on the trigger. */
  children: (close: () => void) => ReactNode;
  align?: "start" | "center" | "end";
  /** A form or list that needs more than 360 px. */
  isWide?: boolean;
};

const load = () => import("./popover-popup.tsx");
const PopoverPopup = lazy(() => load().then((module) => ({ default: module.PopoverPopup })));

export function Popover({ label, trigger, children, align = "start", isWide = false }: PopoverProps) {
  const popup = useLazyPopup({ role: "dialog", preload: () => void load() });
  return (
    <>
      {trigger(popup.trigger)}
      {popup.wasOpened && (
        <Suspense fallback={null}>
          <PopoverPopup
            label={label}
            anchor={popup.anchor}
            isOpen={popup.isOpen}
            onOpenChange={popup.onOpenChange}
            align={align}
            isWide={isWide}
          >
            {children(() => popup.setOpen(false))}
          </PopoverPopup>
        </Suspense>
      )}
    </>
  );
}
