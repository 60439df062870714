"use client";

import { lazyView } from "../../../../_ui/lazy-view.tsx";

export const ConfigEntry = lazyView(() => import("./config-view.tsx").then((module) => module.ConfigView));
