"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon, type IconType } from "../../_ui/icon.tsx";

type PaletteItemProps = {
  id: string;
  icon: IconType;
  children: ReactNode;
  end?: ReactNode;
  /** Where it leads, or what it does. */
  href?: string;
  run?: () => void;
  onDone: () => void;
};

export function PaletteItem({ id, icon, children, end, href, run, onDone }: PaletteItemProps) {
  const router = useRouter();
  const wantsTab = useNewTabKey();
  const select = () => {
    if (href !== undefined && wantsTab.current) window.open(href, "_blank", "noopener");
    else if (href !== undefined) router.push(href);
    run?.();
    onDone();
  };
  return (
    <Command.Item value={id} className="menu-i" onSelect={select}>
      <Icon of={icon} size={14} />
      <span className="min-w-0 truncate">{children}</span>
      {end && <span className="end">{end}</span>}
    </Command.Item>
  );
}

/** cmdk does not hand on the key that selected: whether Ctrl or ⌘ is down is followed here. */
function useNewTabKey() {
  const isDown = useRef(false);
  useEffect(() => {
    const follow = (event: KeyboardEvent | MouseEvent) => {
      isDown.current = event.ctrlKey || event.metaKey;
    };
    document.addEventListener("keydown", follow, { capture: true });
    document.addEventListener("pointerdown", follow, { capture: true });
    return () => {
      document.removeEventListener("keydown", follow, { capture: true });
      document.removeEventListener("pointerdown", follow, { capture: true });
    };
  }, []);
  return isDown;
}
