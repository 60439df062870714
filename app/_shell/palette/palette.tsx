"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command } from "cmdk";
import Search from "lucide-react/icons/search";
import { type KeyboardEvent, useState } from "react";
import { Icon } from "../../_ui/icon.tsx";
import { Kbd } from "../../_ui/kbd.tsx";
import { usePlace } from "../use-place.ts";
import { FoundItems } from "./found-items.tsx";
import { MarkedItems } from "./marked-items.tsx";
import { OwnItems } from "./own-items.tsx";

type PaletteProps = { isOpen: boolean; onClose: () => void };

/** Paste or type anything: it is recognised, explained and opened. */
export function Palette({ isOpen, onClose }: PaletteProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim palette-scrim" />
        <Dialog.Popup className="palette" aria-label="Search and go to">
          <PaletteBody onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const { network } = usePlace();
  return (
    <Command shouldFilter={false} loop label="Search and go to" onKeyDown={pinChosen}>
      <div className="palette-q">
        <Icon of={Search} size={14} />
        <Command.Input
          className="palette-input"
          value={text}
          onValueChange={setText}
          placeholder="Any id, address or name: CID, account, block, bucket, node, person, page"
          aria-label="Paste any id, or search"
        />
      </div>
      <Command.List className="palette-list" aria-label="Found">
        <FoundItems network={network} text={text} onDone={onClose} />
        {text.trim() === "" && <MarkedItems onDone={onClose} />}
        <OwnItems text={text} onDone={onClose} />
      </Command.List>
      <div className="palette-f" aria-hidden="true">
        <span>
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>↵</Kbd> open
        </span>
        <span>
          <Kbd>Ctrl</Kbd>
          <Kbd>↵</Kbd> new tab
        </span>
        <span>
          <Kbd>Alt</Kbd>
          <Kbd>P</Kbd> pin
        </span>
        <span className="ml-auto">Esc closes</span>
      </div>
    </Command>
  );
}

/** The chosen row keeps no focus of its own: its pin is pressed for it. */
function pinChosen(event: KeyboardEvent<HTMLElement>): void {
  if (!event.altKey || event.code !== "KeyP") return;
  event.preventDefault();
  event.currentTarget.querySelector<HTMLElement>('[aria-selected="true"] .palette-pin')?.click();
}
