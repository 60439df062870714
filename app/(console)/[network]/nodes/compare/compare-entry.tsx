"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const CompareEntry = lazyView(() => import("./compare-view.tsx").then((module) => module.CompareView));
