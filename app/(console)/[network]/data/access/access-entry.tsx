"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const AccessEntry = lazyView(() => import("./access-view.tsx").then((module) => module.AccessView));
