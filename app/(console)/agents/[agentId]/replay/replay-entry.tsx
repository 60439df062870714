"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const ReplayEntry = lazyView(() => import("./replay-view.tsx").then((module) => module.ReplayView));
