"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const LineageEntry = lazyView(() => import("./lineage-view.tsx").then((module) => module.LineageView));
