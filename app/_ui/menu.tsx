"use client";

import { lazy, type ReactNode, Suspense } from "react";
import type { IconType } from "./icon.tsx";
import { type PopupTrigger, useLazyPopup } from "./lazy-popup.ts";

export type MenuItem =
  | { kind: "heading"; label: string }
  | { kind: "separator"; id: string }
  | {
      kind: "link";
      label: string;
      href: string;
      icon?: IconType;
      end?: ReactNode;
      isCurrent?: boolean;
      content?: ReactNode;
    }
  | {
      kind: "action";
      label: string;
      onSelect: () => void;
      icon?: IconType;
      end?: ReactNode;
      refused?: string | null;
    }
  | { kind: "choice"; label: string; isOn: boolean; onSelect: () => void }
  | {
      kind: "check";
      label: string;
      isOn: boolean;
      onChange: (isOn: boolean) => void;
      refused?: string | null;
    };

type MenuProps = {
  label: string;
  items: readonly MenuItem[];
  /** The button that opens it: `(trigger) => <Button {...trigger}>Columns</Button>` */
  children: (trigger: PopupTrigger) => ReactNode;
  align?: "start" | "end";
  side?: "bottom" | "top" | "right";
};

const load = () => import("./menu-popup.tsx");
const MenuPopup = lazy(() => load().then((module) => ({ default: module.MenuPopup })));

export function Menu({ label, items, children, align = "start", side = "bottom" }: MenuProps) {
  const popup = useLazyPopup({ role: "menu", preload: () => void load() });
  return (
    <>
      {children(popup.trigger)}
      {popup.wasOpened && (
        <Suspense fallback={null}>
          <MenuPopup
            label={label}
            items={items}
            anchor={popup.anchor}
            isOpen={popup.isOpen}
            onOpenChange={popup.onOpenChange}
            align={align}
            side={side}
          />
        </Suspense>
      )}
    </>
  );
}
