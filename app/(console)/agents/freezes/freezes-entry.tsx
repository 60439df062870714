"use client";

import { lazyView } from "../../../_ui/lazy-view.tsx";

export const FreezesEntry = lazyView(() => import("./freezes-view.tsx").then((module) => module.FreezesView));
