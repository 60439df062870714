"use client";

import { lazyView } from "../../../../../_ui/lazy-view.tsx";

export const VersionEntry = lazyView(() => import("./version-view.tsx").then((module) => module.VersionView));
