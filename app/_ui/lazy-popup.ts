"use client";

import { useCallback, useRef, useState } from "react";

/** What a trigger must be given so that its popup opens, is announced, and gets the focus back. */
export type PopupTrigger = {
  ref: (element: HTMLButtonElement | null) => void;
  onClick: () => void;
  onPointerEnter: () => void;
  onFocus: () => void;
  "aria-haspopup": "menu" | "dialog";
  "aria-expanded": boolean;
};

type PopupKind = { role: "menu" | "dialog"; preload: () => void };

/**
 * Popups are heavy and rarely opened: their code is fetched when somebody points at the trigger, and mounted once.
 */
export function useLazyPopup({ role, preload }: PopupKind) {
  const anchor = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const ref = useCallback((element: HTMLButtonElement | null) => {
    anchor.current = element;
  }, []);
  const toggle = () => {
    setWasOpened(true);
    setOpen(!isOpen);
  };
  const trigger: PopupTrigger = {
    ref,
    onClick: toggle,
    onPointerEnter: preload,
    onFocus: preload,
    "aria-haspopup": role,
    "aria-expanded": isOpen,
  };
  /** A press on the trigger is the trigger's business, else it would close and open again at once. */
  const onOpenChange = (next: boolean, event: Event) => {
    const isOnTrigger = event.target instanceof Node && anchor.current?.contains(event.target);
    if (next || !isOnTrigger || event.type === "keydown") setOpen(next);
  };
  return { anchor, isOpen, setOpen, wasOpened, trigger, onOpenChange };
}
