"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { isTyping } from "../_ui/is-typing.ts";
import { consolePages, pageHref } from "./pages.ts";
import { withTime } from "./place.ts";
import { mustStay } from "./stay-when-offline.ts";
import { usePlace } from "./use-place.ts";

const load = () => import("./keys/keys-dialog.tsx");
const KeysDialog = lazy(() => load().then((module) => ({ default: module.KeysDialog })));

/** A letter counts as the second of "g n" only this long after the "g". */
const chordMs = 1_500;

/** `g` and a letter goes somewhere, `?` tells all keys. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);
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
    if (!mustStay())
      router.push(withTime(pageHref(network, page), new URLSearchParams(window.location.search)));
  });
  useEffect(() => {
    // Before the tables: "g o" goes to the overview and does not also look at a row.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, []);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <KeysDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </Suspense>
  );
}
