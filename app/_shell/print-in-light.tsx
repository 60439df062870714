"use client";

import { useEffect } from "react";

/** Paper is white: the light theme while the browser prints, and the person's own again afterwards. */
export function PrintInLight() {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | undefined;
    const lighten = () => {
      before = root.dataset.theme;
      root.dataset.theme = "light";
    };
    const restore = () => {
      if (before !== undefined) root.dataset.theme = before;
    };
    window.addEventListener("beforeprint", lighten);
    window.addEventListener("afterprint", restore);
    return () => {
      window.removeEventListener("beforeprint", lighten);
      window.removeEventListener("afterprint", restore);
    };
  }, []);
  return null;
}
