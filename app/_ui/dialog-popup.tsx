"use client";

import { Dialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import type { DialogProps } from "./dialog.tsx";

export function DialogPopup(props: DialogProps) {
  const { isOpen, onClose, title, description, children, footer, onSubmit, width } = props;
  const content = (
    <>
      <div className="dialog-b">
        <Dialog.Title className="dialog-title">{title}</Dialog.Title>
        {description && <Dialog.Description className="sec">{description}</Dialog.Description>}
        {children}
      </div>
      {footer && <div className="dialog-f">{footer}</div>}
    </>
  );
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup
          className="dialog"
          style={width === undefined ? undefined : { width: `min(${width}px, calc(100vw - 24px))` }}
        >
          {onSubmit ? <SubmitForm onSubmit={onSubmit}>{content}</SubmitForm> : content}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SubmitForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
