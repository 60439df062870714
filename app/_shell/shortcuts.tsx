"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Dialog } from "../_ui/dialog.tsx";
import { isTyping } from "../_ui/is-typing.ts";
import { consolePages, pageHref } from "./pages.ts";
import { withTime } from "./place.ts";
import { usePlace } from "./use-place.ts";

const keys: readonly (readonly [what: string, ...keys: string[]])[] = [
  ["Search, paste any id", "⌘", "K"],
  ["Filter the list", "/"],
  ["Next, previous row", "j", "k"],
  ["Select a row", "x"],
  ["Look at a row", "o"],
  ["Open a row", "↵"],
  ["Time range back, forward", "[", "]"],
  ["Close", "Esc"],
  ["These shortcuts", "?"],
];

/** A letter counts as the second of "g n" only this long after the "g". */
const chordMs = 1_500;

/** `g` and a letter goes somewhere, `?` tells all keys. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY);
  const router = useRouter();
  const { network } = usePlace();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (event.key === "?") return setOpen(true);
    const isChord = event.timeStamp - goPressedAt.current < chordMs;
    goPressedAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
    const page = isChord && consolePages.find(({ letter }) => letter === event.key);
    if (!page) return;
    event.preventDefault();
    event.stopPropagation();
    router.push(withTime(pageHref(network, page), new URLSearchParams(window.location.search)));
  });
  useEffect(() => {
    // Before the tables: "g o" goes to the overview and does not also look at a row.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, []);
  return (
    <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title="Keyboard shortcuts" width={560}>
      <dl className="shortcuts">
        {keys.map(([what, ...pressed]) => (
          <Row key={what} what={what} pressed={pressed} />
        ))}
        {consolePages.map((page) => (
          <Row key={page.label} what={`Go to ${page.label}`} pressed={["g", page.letter]} />
        ))}
      </dl>
    </Dialog>
  );
}

function Row({ what, pressed }: { what: string; pressed: readonly string[] }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        {pressed.map((key) => (
          <kbd key={key} className="kbd">
            {key}
          </kbd>
        ))}
      </dd>
    </div>
  );
}
