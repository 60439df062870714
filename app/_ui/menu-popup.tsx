"use client";

import { Menu } from "@base-ui/react/menu";
import Check from "lucide-react/icons/check";
import Lock from "lucide-react/icons/lock";
import Link from "next/link";
import type { RefObject } from "react";
import { Icon, type IconType } from "./icon.tsx";
import type { MenuItem } from "./menu.tsx";

type MenuPopupProps = {
  label: string;
  items: readonly MenuItem[];
  anchor: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean, event: Event) => void;
  align: "start" | "end";
  side: "bottom" | "top" | "right";
};

export function MenuPopup({ label, items, anchor, isOpen, onOpenChange, align, side }: MenuPopupProps) {
  return (
    <Menu.Root
      open={isOpen}
      onOpenChange={(next, details) => onOpenChange(next, details.event)}
      modal={false}
    >
      <Menu.Portal>
        <Menu.Positioner className="pop-layer" anchor={anchor} align={align} side={side} sideOffset={4}>
          <Menu.Popup className="pop menu" aria-label={label} finalFocus={anchor}>
            {items.map((item) => (
              <Item key={item.kind === "separator" ? item.id : `${item.kind} ${item.label}`} item={item} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  switch (item.kind) {
    case "heading":
      return (
        <div className="menu-h" role="presentation">
          {item.label}
        </div>
      );
    case "separator":
      return <Menu.Separator className="menu-sep" />;
    case "link":
      return (
        <Menu.LinkItem
          className="menu-i"
          closeOnClick
          render={
            <Link
              href={item.href}
              // A file of the API is no page: asking for it ahead would fail.
              prefetch={item.href.startsWith("/api/") ? false : null}
              aria-current={item.isCurrent ? "true" : undefined}
            />
          }
        >
          {item.icon && <Icon of={item.icon} size={14} />}
          {item.content ?? item.label}
          {item.end && <span className="end">{item.end}</span>}
        </Menu.LinkItem>
      );
    case "action":
      return (
        <Menu.Item className="menu-i" onClick={item.onSelect} disabled={Boolean(item.refused)}>
          <Leading icon={item.refused ? Lock : item.icon} />
          {item.label}
          {(item.refused ?? item.end) && <span className="end">{item.refused ?? item.end}</span>}
        </Menu.Item>
      );
    case "choice":
      return (
        <Menu.Item className="menu-i" onClick={item.onSelect} role="menuitemradio" aria-checked={item.isOn}>
          <Mark isOn={item.isOn} />
          {item.label}
        </Menu.Item>
      );
    case "check":
      return (
        <Menu.CheckboxItem
          className="menu-i"
          checked={item.isOn}
          onCheckedChange={item.onChange}
          disabled={Boolean(item.refused)}
          closeOnClick={false}
        >
          <Mark isOn={item.isOn} />
          {item.label}
          {item.refused && <span className="end">{item.refused}</span>}
        </Menu.CheckboxItem>
      );
  }
}

function Leading({ icon }: { icon: IconType | undefined }) {
  return icon ? <Icon of={icon} size={14} /> : null;
}

function Mark({ isOn }: { isOn: boolean }) {
  return <span className="inline-flex w-3.5">{isOn && <Icon of={Check} size={14} />}</span>;
}
