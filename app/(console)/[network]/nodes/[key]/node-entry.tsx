"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const NodeEntry = lazyView(() => import("./node-view.tsx").then((module) => module.NodeView));
