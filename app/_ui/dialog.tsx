"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Says what happens, before the fields. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the safe one first. */
  footer?: ReactNode;
  /** Wraps body and footer, so that Enter submits. */
  onSubmit?: () => void;
  width?: number;
};

const DialogPopup = lazy(() =>
  import("./dialog-popup.tsx").then((module) => ({ default: module.DialogPopup })),
);

/** A modal question. Its code is fetched when it first opens; Esc and the scrim close it, the focus goes back. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setWasOpened] = useState(props.isOpen);
  if (props.isOpen && !wasOpened) setWasOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <DialogPopup {...props} />
    </Suspense>
  );
}
