"use client";

import { lazyView } from "../_ui/lazy-view.tsx";

/** The frame with everything that moves: the server's HTML is on the screen before its code is there. */
export const ConsoleEntry = lazyView(() => import("./console-root.tsx").then((module) => module.ConsoleRoot));
