"use client";

import { Command } from "cmdk";
import Pin from "lucide-react/icons/pin";
import PinOff from "lucide-react/icons/pin-off";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon, type IconType } from "../../_ui/icon.tsx";
import { mustStay } from "../stay-when-offline.ts";
import { type MarkWords, useRemember } from "./use-marks.ts";

type PaletteItemProps = {
  id: string;
  icon: IconType;
  children: ReactNode;
  end?: ReactNode;
  /** Where it leads, or what it does. */
  href?: string;
  run?: () => void;
  /** As it is remembered when it was opened; without one it is not. */
  mark?: MarkWords;
  isPinned?: boolean;
  onDone: () => void;
};

export function PaletteItem({
  id,
  icon,
  children,
  end,
  href,
  run,
  mark,
  isPinned = false,
  onDone,
}: PaletteItemProps) {
  const router = useRouter();
  const { remember, pin } = useRemember();
  const wantsTab = useNewTabKey();
  const select = () => {
    if (href !== undefined && mark) remember({ href, ...mark });
    if (href !== undefined && wantsTab.current) window.open(href, "_blank", "noopener");
    else if (href !== undefined && !mustStay()) router.push(href);
    run?.();
    onDone();
  };
  const canPin = href !== undefined && mark !== undefined;
  const togglePin = () => canPin && pin({ href, ...mark, isPinned: !isPinned });
  return (
    <Command.Item value={id} className="menu-i" onSelect={select}>
      <Icon of={icon} size={14} />
      <span className="min-w-0 truncate">{children}</span>
      {end && <span className="end min-w-0 truncate">{end}</span>}
      {canPin && (
        <button
          type="button"
          className="palette-pin"
          tabIndex={-1}
          aria-label={isPinned ? "Unpin" : "Pin"}
          data-pinned={isPinned || undefined}
          onClick={(event) => {
            event.stopPropagation();
            togglePin();
          }}
        >
          <Icon of={isPinned ? PinOff : Pin} size={12} />
        </button>
      )}
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
