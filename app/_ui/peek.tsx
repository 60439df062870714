"use client";

import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronUp from "lucide-react/icons/chevron-up";
import SquareArrowOutUpRight from "lucide-react/icons/square-arrow-out-up-right";
import X from "lucide-react/icons/x";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./icon.tsx";
import { IconButton } from "./icon-button.tsx";

type PeekProps = {
  /** What is shown, for its name: "fsn1-s07". */
  label: string;
  /** The left of its head: glyph and id. */
  head: ReactNode;
  /** Its own page, if it has one. */
  href?: string;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  children: ReactNode;
};

/** A look at one row beside the list, which stays usable. Esc closes it. */
export function Peek({ label, head, href, onClose, onPrevious, onNext, children }: PeekProps) {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) close.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <aside className="peek" aria-label={label}>
      <div className="peek-h">
        {head}
        <span className="sp" />
        {onPrevious && <IconButton icon={ChevronUp} label="Previous" onClick={onPrevious} />}
        {onNext && <IconButton icon={ChevronDown} label="Next" onClick={onNext} />}
        {href && (
          <Link href={href} className="iconbtn" aria-label={`Open the page of ${label}`} data-tip="Open page">
            <Icon of={SquareArrowOutUpRight} size={14} />
          </Link>
        )}
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
      <div className="peek-body">{children}</div>
    </aside>
  );
}

export function PeekSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className="peek-s">
      {title && <h3>{title}</h3>}
      {children}
    </div>
  );
}
