"use client";

import { useEffect, useId, useRef, useState } from "react";

type Tip = { text: string; isMono: boolean; anchor: HTMLElement };

const delayMs = 250;

/**
 * One tip for the whole page. Anything with `data-tip` shows it on hover and focus, anything with `data-copy` is copied
 * by a click: by delegation, so that a table of thousands of cells costs nothing.
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => listen(setTip), []);
  useEffect(() => {
    if (!tip || !box.current) return;
    place(box.current, tip.anchor.getBoundingClientRect());
    tip.anchor.setAttribute("aria-describedby", id);
    return () => tip.anchor.removeAttribute("aria-describedby");
  }, [tip, id]);

  return (
    <>
      {tip && (
        <div ref={box} id={id} role="tooltip" className="tip" data-mono={tip.isMono}>
          {tip.text}
        </div>
      )}
      <div className="sr-only" role="status">
        {tip?.text === copied ? copied : ""}
      </div>
    </>
  );
}

const copied = "Copied";

function listen(show: (tip: Tip | null) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const showSoon = (event: Event, waitMs: number) => {
    clearTimeout(timer);
    const anchor = closest(event.target, "[data-tip]");
    if (!anchor) return show(null);
    timer = setTimeout(() => show(tipOf(anchor)), waitMs);
  };
  const hide = () => {
    clearTimeout(timer);
    show(null);
  };
  document.addEventListener("pointerover", (event) => showSoon(event, delayMs), { signal, passive: true });
  document.addEventListener("focusin", (event) => isByKeyboard(event) && showSoon(event, 0), { signal });
  document.addEventListener("pointerdown", hide, { signal, capture: true, passive: true });
  document.addEventListener("focusout", hide, { signal });
  document.addEventListener("scroll", hide, { signal, capture: true, passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide(), { signal });
  const copy = async (event: Event) => {
    const anchor = closest(event.target, "[data-copy]");
    const text = anchor?.dataset.copy;
    if (!anchor || text === undefined) return;
    event.preventDefault();
    const told = await write(text);
    // A tip that was about to be shown must not replace what is said now.
    clearTimeout(timer);
    show({ text: told, isMono: false, anchor });
  };
  document.addEventListener("click", (event) => void copy(event), { signal });
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

/** The clipboard is refused on plain http and without permission: then the text itself is shown to be taken by hand. */
async function write(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return copied;
  } catch {
    return `The browser refused to copy: ${text}`;
  }
}

/** A press with the mouse focuses too, but who presses has read the tip. */
function isByKeyboard(event: Event): boolean {
  return event.target instanceof Element && event.target.matches(":focus-visible");
}

function tipOf(anchor: HTMLElement): Tip | null {
  const text = anchor.dataset.tip;
  if (!text || !anchor.isConnected) return null;
  return { text, isMono: anchor.dataset.tipMono !== undefined, anchor };
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}

/** Below the anchor, or above where there is no room; never outside the window. */
function place(box: HTMLElement, anchor: DOMRect): void {
  const gap = 6;
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = anchor.bottom + gap;
  const top = below + height > window.innerHeight ? anchor.top - gap - height : below;
  const left = Math.min(Math.max(8, anchor.left), Math.max(8, window.innerWidth - width - 8));
  box.style.top = `${Math.max(4, top)}px`;
  box.style.left = `${left}px`;
}
