"use client";

import { useEffect, useEffectEvent } from "react";
import { isTyping } from "./is-typing.ts";

/** A single key that acts on the page, never while somebody types; `null` takes it away. */
export function useKey(key: string, act: (() => void) | null): void {
  const isOn = act !== null;
  const press = useEffectEvent(() => act?.());
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      event.preventDefault();
      press();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [key, isOn]);
}
