"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const NodesEntry = lazyView(() => import("./nodes-view.tsx").then((module) => module.NodesView));
