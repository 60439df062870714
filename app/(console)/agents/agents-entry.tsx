"use client";

import { lazyView } from "../../_ui/lazy-view.tsx";

export const AgentsEntry = lazyView(() => import("./agents-view.tsx").then((module) => module.AgentsView));
