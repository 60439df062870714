"use client";

import { Popover } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";
import { cx } from "./cx.ts";

type PopoverPopupProps = {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean, event: Event) => void;
  align: "start" | "center" | "end";
  isWide: boolean;
  children: ReactNode;
};

export function PopoverPopup(props: PopoverPopupProps) {
  const { label, anchor, isOpen, onOpenChange, align, isWide, children } = props;
  return (
    <Popover.Root open={isOpen} onOpenChange={(next, details) => onOpenChange(next, details.event)}>
      <Popover.Portal>
        <Popover.Positioner
          className="pop-layer"
          anchor={anchor}
          align={align}
          sideOffset={4}
          collisionPadding={8}
        >
          <Popover.Popup className={cx("pop", isWide && "pop-wide")} aria-label={label} finalFocus={anchor}>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
