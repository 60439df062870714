"use client";

import Search from "lucide-react/icons/search";
import { useEffect, useRef, useState } from "react";
import { Icon } from "./icon.tsx";
import { isTyping } from "./is-typing.ts";
import { Kbd } from "./kbd.tsx";

type SearchFieldProps = {
  /** What can be searched: "Name, key, provider". Also its name. */
  label: string;
  value: string;
  /** Called once typing rests. */
  onChange: (value: string) => void;
  width?: number;
};

const restMs = 150;

/** Filters what is on the page. "/" focuses it, Esc clears it and then leaves it. */
export function SearchField({ label, value, onChange, width = 204 }: SearchFieldProps) {
  const [draft, setDraft] = useDraft(value, onChange);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => focusOnSlash(input), []);
  return (
    <search className="input input-sm" style={{ width }}>
      <Icon of={Search} size={13} />
      <input
        ref={input}
        type="text"
        inputMode="search"
        aria-label={label}
        placeholder={label}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (draft === "") event.currentTarget.blur();
          setDraft("");
        }}
      />
      {draft === "" && (
        <span className="end" aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      )}
    </search>
  );
}

/** Typing shows at once; the owner (often the URL) hears of it when typing rests. */
function useDraft(value: string, onChange: (value: string) => void) {
  const [draft, setDraft] = useState(value);
  const [settled, setSettled] = useState(value);
  if (value !== settled) {
    setSettled(value);
    setDraft(value);
  }
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (draft === settled) return;
    const timer = setTimeout(() => tell.current(draft), restMs);
    return () => clearTimeout(timer);
  }, [draft, settled]);
  return [draft, setDraft] as const;
}

function focusOnSlash(input: { current: HTMLInputElement | null }) {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "/" || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.current?.focus();
    input.current?.select();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
